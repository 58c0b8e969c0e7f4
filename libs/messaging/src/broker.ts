import { Inject, Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { type BrokerUses, Refusal } from '@open-cpo/contracts';
import { Health, Log, Metrics } from '@open-cpo/platform';
import type { JetStreamOptions } from '@nats-io/jetstream';
import { connect, type ConnectionOptions, type NatsConnection } from '@nats-io/transport-node';
import { DeclaredUses } from './declared-uses';
import { type Post, WriteBuffer } from './write-buffer';
import { CallKeys } from './proof/call-keys';
import { inboxOf, inboxPrefix, token } from './proof/inboxes';
import { tlsOf } from './tls';

/** Where the broker is and who we are to it. */
export interface BrokerOptions {
  readonly service: string;
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
  /** Keys of the calls that it makes and serves (`CALL_KEYS`); without them those of development. */
  readonly callKeys?: string;
  /** What it does at the broker; without it nothing is checked. */
  readonly uses?: BrokerUses;
  /** The account that it connects to, where that is not the platform's. */
  readonly account?: BrokerAccount;
}

export const BROKER_OPTIONS = Symbol('open-cpo:broker-options');

/**
 * Accounts of the broker beside that of the platform. `streams` has the app for itself, and imports what it may ask of
 * JetStream: answers, which the broker delivers to any subject that is named to it, can go nowhere else.
 */
export type BrokerAccount = 'streams' | 'operators';

/** The API of JetStream as such an account imports it. */
const IMPORTED_API = 'streams.API';

/** The user of an app in such an account. */
export const accountUser = (app: string, account: BrokerAccount): string => `${app}-${account}`;

type Listener = (connection: NatsConnection) => void;

/** Milliseconds between two tries to connect, and between two tries to connect again. */
const RETRY = 250;

/**
 * The process's one connection to NATS. It connects in the background and reconnects for ever, so that a broker that
 * is unavailable at start or later is a condition to report and not a reason to restart.
 */
@Injectable()
export class Broker implements OnApplicationShutdown {
  private nats?: NatsConnection;
  private up = false;
  private closing = false;
  private readonly onUp = new Set<Listener>();
  private readonly onDown = new Set<() => void>();
  private readonly onBack = new Set<() => void>();
  private readonly writeBuffer = new WriteBuffer(() => this.nats);
  private readonly accounts = new Map<BrokerAccount, Broker>();
  /** What the setup of the broker left out. */
  private readonly lacking = new Set<string>();
  /** Signs calls and proves them. */
  readonly keys: CallKeys;
  /** Throws for what the process does not declare. */
  readonly uses?: DeclaredUses;

  constructor(
    @Inject(BROKER_OPTIONS) private readonly options: BrokerOptions,
    private readonly log: Log,
    private readonly health: Health,
    @Optional() metrics?: Metrics,
  ) {
    const { account, service, uses } = options;
    this.keys = CallKeys.read(options.callKeys);
    if (uses) this.uses = new DeclaredUses(service, uses);
    health.add(account ? `broker (${account})` : 'broker', () => this.up && this.lacking.size === 0);
    if (metrics) this.measure(metrics);
    void this.open();
  }

  /** The app that this process is. */
  get service(): string {
    return this.options.service;
  }

  /** A new unguessable inbox subject, which only `peer` may write to. */
  inbox(peer: string): string {
    return inboxOf(this.service, peer) + token();
  }

  /**
   * The same app in another account of the broker: a connection of its own, made when it is first asked for. A broker where
   * apps have no users of their own has one account.
   */
  account(name: BrokerAccount): Broker {
    const { user, service } = this.options;
    if (user !== service) return this;
    const known = this.accounts.get(name);
    if (known) return known;
    const options = { ...this.options, user: accountUser(service, name), account: name };
    const made = new Broker(options, this.log, this.health);
    this.accounts.set(name, made);
    return made;
  }

  /** Whether the broker asks for no credential: a test broker without permissions. */
  get anonymous(): boolean {
    return this.options.user === undefined;
  }

  /** Where JetStream is asked. Its rights are those to name single things; so nothing is asked about the account. */
  get jetstream(): JetStreamOptions & { readonly checkAPI: boolean } {
    return { checkAPI: false, ...(this.options.account === 'streams' ? { apiPrefix: IMPORTED_API } : {}) };
  }

  /** Takes note of whether something is missing that the setup of the broker makes: the process is not ready meanwhile. */
  lacks(what: string, missing: boolean): void {
    this.lacking[missing ? 'add' : 'delete'](what);
  }

  /** Whether requests can be sent right now. */
  get connected(): boolean {
    return this.up;
  }

  /** @throws Refusal `service_unavailable` while the broker is unavailable, at once. */
  connection(): NatsConnection {
    if (this.nats && this.up) return this.nats;
    throw new Refusal('service_unavailable', { cause: 'not connected to the broker' });
  }

  /** Calls back when connected for the first time, now or later. A reconnect keeps subscriptions and is not reported here. */
  whenUp(listener: Listener): void {
    if (this.nats) listener(this.nats);
    else this.onUp.add(listener);
  }

  /** Calls back each time the connection breaks, until the returned function is called. */
  whenDown(listener: () => void): () => void {
    this.onDown.add(listener);
    return () => this.onDown.delete(listener);
  }

  /** Calls back after each reconnect: subscribers may have missed messages. */
  whenBack(listener: () => void): void {
    this.onBack.add(listener);
  }

  /** Sends a message at the end of this turn, together with the others that leave in it. */
  post(post: Post): void {
    this.writeBuffer.add(post);
  }

  /** Waits until everything written so far has reached the broker. */
  async flush(): Promise<void> {
    this.writeBuffer.flush();
    if (this.up) await this.nats?.flush();
    await Promise.all([...this.accounts.values()].map((one) => one.flush()));
  }

  async onApplicationShutdown(): Promise<void> {
    this.writeBuffer.flush();
    this.closing = true;
    this.up = false;
    await Promise.all([...this.accounts.values()].map((one) => one.onApplicationShutdown()));
    await this.nats?.close();
  }

  private measure(metrics: Metrics): void {
    const lost = metrics.counter('open_cpo_broker_disconnects_total', 'Times that the connection broke.');
    this.whenDown(() => lost.inc());
    metrics.read({
      gauges: { open_cpo_broker_connected: 'Whether this process is connected to the broker (1) or not (0).' },
      read: () => [{ values: { open_cpo_broker_connected: Number(this.up) } }],
    });
  }

  private async open(): Promise<void> {
    const nats = await this.dial();
    if (!nats) return;
    if (this.closing) return nats.close();
    this.nats = nats;
    this.up = true;
    this.log.log('Connected to the broker');
    void this.health.ready();
    this.onUp.forEach((listener) => listener(nats));
    this.onUp.clear();
    await this.watch(nats);
    // It reconnects by itself for ever: when it has ended all the same, a new process is the only cure.
    if (!this.closing) throw new Error('The connection to the broker ended for good');
  }

  /** Tries until it succeeds or the process ends; refused credentials may be right a moment later. */
  private async dial(): Promise<NatsConnection | undefined> {
    for (let lastProblem = ''; !this.closing;) {
      try {
        return await connect(this.connectionOptions());
      } catch (error) {
        const problem = String(error);
        if (problem !== lastProblem) this.log.warn('The broker cannot be reached', { error });
        lastProblem = problem;
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
    return undefined;
  }

  private connectionOptions(): ConnectionOptions {
    const { service, url, user, password } = this.options;
    return {
      servers: url.split(','),
      tls: tlsOf(url),
      name: service,
      user,
      pass: password,
      // A private prefix lets the broker's permissions keep others out of our answers.
      inboxPrefix: inboxPrefix(service),
      timeout: 3000,
      // A stack for each request in case that it fails; we name the subject instead.
      noAsyncTraces: true,
      maxReconnectAttempts: -1,
      ignoreAuthErrorAbort: true,
      reconnectTimeWait: RETRY,
      reconnectJitter: RETRY,
      pingInterval: 5000,
      maxPingOut: 2,
    };
  }

  private async watch(nats: NatsConnection): Promise<void> {
    for await (const status of nats.status()) {
      if (status.type === 'disconnect') this.down();
      if (status.type === 'reconnect') this.back();
      if (status.type === 'error') this.log.error('The broker complains', { problem: status.error.message });
    }
  }

  private back(): void {
    this.up = !this.closing;
    this.log.log('Connected to the broker again');
    void this.health.ready();
    this.onBack.forEach((listener) => listener());
  }

  private down(): void {
    this.up = false;
    if (!this.closing) this.log.warn('The broker is unavailable');
    void this.health.ready();
    [...this.onDown].forEach((listener) => listener());
  }
}
