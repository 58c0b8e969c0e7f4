import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { StackError } from '../stack/terminal';
import type { DemoEvent } from './session';

export interface BrokerSettings {
  readonly natsUrl: string;
  readonly user?: string;
  readonly password?: string;
}

/** Events under way at once. */
const WINDOW = 256;

/** Publishes as a charging back end does. */
export class Publisher {
  private readonly stream: JetStreamClient;

  private constructor(private readonly nats: NatsConnection) {
    this.stream = jetstream(nats);
  }

  /** @throws StackError when the broker is away or does not know us */
  static async open({ natsUrl, user, password }: BrokerSettings): Promise<Publisher> {
    // The platform's operators and charging back ends may both publish; only their own inboxes are open to them.
    const inboxPrefix = `_INBOX_${user ?? 'operator'}`;
    const options = { servers: natsUrl.split(','), user, pass: password, inboxPrefix, name: 'demo', timeout: 5000 };
    const nats = await connect({ ...options, reconnect: false }).catch((error: unknown) => {
      throw new StackError(`The broker does not let us in: ${String(error)}`);
    });
    return new Publisher(nats);
  }

  async publish({ id, domainEvent, payload, at }: DemoEvent): Promise<void> {
    const head = headers();
    head.set('Nats-Msg-Id', id);
    head.set('occurred-at', at.toISOString());
    await this.stream.publish(domainEvent.subject, JSON.stringify(payload), { headers: head, timeout: 10_000 });
  }

  /** Many, nearly in their order; `stored` is called now and then with how many have been stored. */
  async publishAll(events: readonly DemoEvent[], stored: (count: number) => void = () => undefined): Promise<void> {
    for (let from = 0; from < events.length; from += WINDOW) {
      await Promise.all(events.slice(from, from + WINDOW).map((event) => this.publish(event)));
      stored(Math.min(events.length, from + WINDOW));
    }
  }

  close(): Promise<void> {
    return this.nats.close();
  }
}
