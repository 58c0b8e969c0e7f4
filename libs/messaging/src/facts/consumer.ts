import { accept, type FactMeta, Refusal } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import {
  AckPolicy,
  type ConsumerMessages,
  DeliverPolicy,
  type JsMsg,
  NatsError,
  nanos,
  type NatsConnection,
} from 'nats';
import type { Inbox } from '../inbox';
import { decode } from '../wire';
import type { Consumption } from './consumes';

/** Deliveries after which a message that fails by its own fault is set aside. */
const POISONED_AFTER = 5;
const RETRY = [200, 1000, 5000, 15_000, 60_000];
const HANDLING = 30_000;

type Consume = (payload: unknown, meta: FactMeta) => Promise<void>;

/** One durable consumer of one fact; replicas take turns, a message at a time, so that the order holds. */
export class FactConsumer {
  private messages?: ConsumerMessages;
  private current: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly nats: NatsConnection,
    private readonly consumption: Consumption,
    private readonly consume: Consume,
    private readonly inbox: Inbox,
    private readonly log: Log,
  ) {}

  /** Runs until closed; trouble with the stream is waited out. */
  async run(): Promise<void> {
    while (!this.closed) {
      try {
        const { as, fact } = this.consumption;
        await this.ensure();
        const consumer = await this.nats.jetstream().consumers.get(fact.stream, as);
        this.messages = await consumer.consume({ max_messages: 1 });
        for await (const message of this.messages) {
          if (this.closed) break;
          this.current = this.handle(message);
          await this.current;
        }
      } catch (error) {
        if (!this.closed) this.log.warn('Consumer waits for the stream', { error, consumer: this.consumption.as });
      }
      if (!this.closed) await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }

  /** Takes nothing new and finishes what was taken. */
  async close(): Promise<void> {
    this.closed = true;
    await this.messages?.close();
    await this.current;
  }

  private async ensure(): Promise<void> {
    const manager = await this.nats.jetstreamManager();
    const { as, fact } = this.consumption;
    try {
      await manager.consumers.info(fact.stream, as);
    } catch (error) {
      if (!(error instanceof NatsError) || error.api_error?.code !== 404) throw error;
      await manager.consumers.add(fact.stream, {
        durable_name: as,
        filter_subject: fact.filter,
        ack_policy: AckPolicy.Explicit,
        deliver_policy: DeliverPolicy.All,
        max_ack_pending: 1,
        ack_wait: nanos(HANDLING),
      });
    }
  }

  private async handle(message: JsMsg): Promise<void> {
    const eventId = message.headers?.get('Nats-Msg-Id') ?? `${message.info.stream}-${message.seq}`;
    try {
      const { input, errors } = accept(this.consumption.fact.payload, decode(message.data));
      errors.throwIfAny();
      const meta = {
        eventId,
        aggregateId: message.subject.slice(message.subject.lastIndexOf('.') + 1),
        occurredAt: message.headers?.get('occurred-at') ?? '',
      };
      await this.inbox.once(this.consumption.as, eventId, () => this.consume(input, meta));
      message.ack();
    } catch (error) {
      await this.retryOrSetAside(message, error);
    }
  }

  /** Trouble around us passes, however long it takes; a message that fails by itself does not. */
  private async retryOrSetAside(message: JsMsg, error: unknown): Promise<void> {
    const passing = error instanceof Refusal && (error.kind === 'unavailable' || error.kind === 'deadline');
    const deliveries = message.info.redeliveryCount;
    const entry = { error, consumer: this.consumption.as, subject: message.subject, deliveries };
    if (passing || deliveries < POISONED_AFTER) {
      this.log.warn('Event not handled, will be tried again', entry);
      message.nak(RETRY[Math.min(deliveries, RETRY.length - 1)]);
      return;
    }
    this.log.error('Event set aside', entry);
    const dead = `dead.${this.consumption.as}.${message.subject}`;
    await this.nats.jetstream().publish(dead, message.data, { headers: message.headers, timeout: 2000 });
    message.term();
  }
}
