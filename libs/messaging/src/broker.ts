import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Health, Log } from '@open-cpo/platform';
import { connect, createInbox, type NatsConnection } from 'nats';

/** Where the broker is and who we are to it. */
export interface BrokerOptions {
  readonly service: string;
  readonly url: string;
  readonly user?: string;
  readonly password?: string;
}

export const BROKER_OPTIONS = Symbol('open-cpo:broker-options');

type Listener = (connection: NatsConnection) => void;

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

  constructor(
    @Inject(BROKER_OPTIONS) private readonly options: BrokerOptions,
    private readonly log: Log,
    private readonly health: Health,
  ) {
    health.add('broker', () => this.up);
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

  /** Waits until everything written so far has reached the broker. */
  async flush(): Promise<void> {
    if (this.up) await this.nats?.flush();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closing = true;
    this.up = false;
    await this.nats?.close();
  }

  private async open(): Promise<void> {
    const { service, url, user, password } = this.options;
    const nats = await connect({
      servers: url.split(','),
      name: service,
      user,
      pass: password,
      inboxPrefix: this.inboxPrefix,
      waitOnFirstConnect: true,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      pingInterval: 5000,
      maxPingOut: 2,
    });
    if (this.closing) return nats.close();
    this.nats = nats;
    this.up = true;
    this.log.log('Connected to the broker');
    void this.health.ready();
    this.onUp.forEach((listener) => listener(nats));
    this.onUp.clear();
    void this.watch(nats);
  }

  private async watch(nats: NatsConnection): Promise<void> {
    for await (const { type, data } of nats.status()) {
      if (type === 'disconnect') this.down();
      if (type === 'reconnect') {
        this.up = !this.closing;
        this.log.log('Connected to the broker again');
        void this.health.ready();
      }
      if (type === 'error') this.log.error('The broker complains', { problem: String(data) });
    }
  }

  private down(): void {
    this.up = false;
    if (!this.closing) this.log.warn('The broker is away');
    void this.health.ready();
    [...this.onDown].forEach((listener) => listener());
  }
}
