import { Inject, Injectable, type OnApplicationShutdown, Optional } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Health, Log, Metrics } from '@open-cpo/platform';
import { connect, type ConnectionOptions, createInbox, type NatsConnection } from 'nats';
import { type Post, Posts } from './posts';

/** Where the broker is and who we are to it. */
export interface BrokerOptions {
  readonly service: string;
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
}

export const BROKER_OPTIONS = Symbol('open-cpo:broker-options');

type Listener = (connection: NatsConnection) => void;

/** Milliseconds between two tries to connect, and between two tries to connect again. */
const RETRY = 250;

/**
 * The process's one connection to NATS. It connects in the background and reconnects for ever, so that a broker that
 * is away at start or later is a condition to report and not a reason to restart.
 */
@Injectable()
export class Broker implements OnApplicationShutdown {
  private nats?: NatsConnection;
  private up = false;
  private closing = false;
  private readonly onUp = new Set<Listener>();
  private readonly onDown = new Set<() => void>();
  private readonly onBack = new Set<() => void>();
  private readonly posts = new Posts(() => this.nats);

  constructor(
    @Inject(BROKER_OPTIONS) private readonly options: BrokerOptions,
    private readonly log: Log,
    private readonly health: Health,
    @Optional() metrics?: Metrics,
  ) {
    health.add('broker', () => this.up);
    if (metrics) this.measure(metrics);
    void this.open();
  }

  private get inboxPrefix(): string {
    // A private prefix lets the broker's permissions keep others out of our answers.
    return `_INBOX_${this.options.service}`;
  }

  /** A subject of our own that answers can be sent to. */
  inbox(): string {
    return createInbox(this.inboxPrefix);
  }

  /** Whether requests can be sent right now. */
  get connected(): boolean {
    return this.up;
  }

  /** @throws Refusal `service_unavailable` while the broker is away, at once. */
  connection(): NatsConnection {
    if (this.nats && this.up) return this.nats;
    throw new Refusal('service_unavailable', { cause: 'not connected to the broker' });
  }

  /** Calls back when connected for the first time, now or later. A reconnect keeps subscriptions and calls nobody. */
  whenUp(listener: Listener): void {
    if (this.nats) listener(this.nats);
    else this.onUp.add(listener);
  }

  /** Calls back each time the connection breaks, until the returned function is called. */
  whenDown(listener: () => void): () => void {
    this.onDown.add(listener);
    return () => this.onDown.delete(listener);
  }

  /** Calls back each time the connection is back after it broke: whoever listens may have missed something. */
  whenBack(listener: () => void): void {
    this.onBack.add(listener);
  }

  /** Sends a message at the end of this turn, together with the others that leave in it. */
  post(post: Post): void {
    this.posts.add(post);
  }

  /** Waits until everything written so far has reached the broker. */
  async flush(): Promise<void> {
    this.posts.flush();
    if (this.up) await this.nats?.flush();
  }

  async onApplicationShutdown(): Promise<void> {
    this.posts.flush();
    this.closing = true;
    this.up = false;
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
    for (let told = ''; !this.closing;) {
      try {
        return await connect(this.connectionOptions());
      } catch (error) {
        const problem = String(error);
        if (problem !== told) this.log.warn('The broker cannot be reached', { error });
        told = problem;
        await new Promise((resolve) => setTimeout(resolve, RETRY));
      }
    }
    return undefined;
  }

  private connectionOptions(): ConnectionOptions {
    const { service, url, user, password } = this.options;
    return {
      servers: url.split(','),
      // An address with tls:// insists on it; whom Node trusts is its own setting (NODE_EXTRA_CA_CERTS).
      tls: url.startsWith('tls://') ? {} : undefined,
      name: service,
      user,
      pass: password,
      inboxPrefix: this.inboxPrefix,
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
    for await (const { type, data } of nats.status()) {
      if (type === 'disconnect') this.down();
      if (type === 'reconnect') this.back();
      if (type === 'error') this.log.error('The broker complains', { problem: data });
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
    if (!this.closing) this.log.warn('The broker is away');
    void this.health.ready();
    [...this.onDown].forEach((listener) => listener());
  }
}
