import { accept, type FactMeta, Refusal } from '@open-cpo/contracts';
import { Log, tracing } from '@open-cpo/platform';
import {
  AckPolicy,
  type Consumer,
  type ConsumerMessages,
  DeliverPolicy,
  headers,
  type JsMsg,
  NatsError,
  nanos,
  type NatsConnection,
} from 'nats';
import type { Inbox } from '../inbox';
import type { ConsumerMeter } from '../metrics/consumer-meters';
import { decode, HEADER } from '../wire';
import type { Consumption } from './consumes';
import { ensureStreams } from './stream';

/** Milliseconds before the next try of a message; the last one is for those that only wait for better times. */
const RETRY = [200, 1000, 5000, 15_000, 60_000];
/** Failures by its own fault after which a message is set aside. */
const POISONED_AFTER = RETRY.length;
/** Milliseconds after which a replica that gives no sign of life counts as dead. */
const HANDLING = 10_000;
/** Milliseconds for the stream's word that it has a message that is set aside. */
const DEAD_ACK = 2000;
/** Milliseconds that a question for the next message holds. */
const ASKING = 5000;
/** Milliseconds before the stream is asked again. */
const PAUSE = 1000;

/** What a consumer needs. */
export interface ConsumerParts {
  readonly nats: NatsConnection;
  readonly consumption: Consumption;
  readonly consume: (payload: unknown, meta: FactMeta) => Promise<void>;
  readonly inbox: Inbox;
  readonly log: Log;
  readonly meter: ConsumerMeter;
}

/** One durable consumer of one fact; replicas take turns, a message at a time, so that the order holds. */
export class FactConsumer {
  private messages?: ConsumerMessages;
  private current: Promise<void> = Promise.resolve();
  private closed = false;
  /** The message that fails at present (they come one at a time), and its failures so far. */
  private failing = { seq: 0, trouble: 0, own: 0 };

  private readonly nats: NatsConnection;
  private readonly consumption: Consumption;
  private readonly log: Log;

  constructor(private readonly parts: ConsumerParts) {
    ({ nats: this.nats, consumption: this.consumption, log: this.log } = parts);
  }

  /** Runs until closed; trouble with the stream is waited out. */
  async run(): Promise<void> {
    while (!this.closed) {
      try {
        const { as, fact } = this.consumption;
        await this.ensure();
        const consumer = await this.nats.jetstream().consumers.get(fact.stream, as);
        while (!this.closed) await this.takeOne(consumer);
      } catch (error) {
        if (!this.closed) this.log.warn('Consumer waits for the stream', { error, consumer: this.consumption.as });
      }
      if (!this.closed) await new Promise((resolve) => setTimeout(resolve, PAUSE).unref());
    }
  }

  /** Takes nothing new and finishes what was taken. */
  async close(): Promise<void> {
    this.closed = true;
    await this.messages?.close();
    await this.current;
  }

  /** Asks again and again, because a question that the broker has lost is never answered. */
  private async takeOne(consumer: Consumer): Promise<void> {
    this.messages = await consumer.fetch({ max_messages: 1, expires: ASKING });
    for await (const message of this.messages) {
      if (this.closed) {
        // Whoever goes on gets it at once instead of after our silence.
        message.nak();
        return;
      }
      this.current = this.handle(message);
      await this.current;
    }
  }

  private async ensure(): Promise<void> {
    const manager = await this.nats.jetstreamManager();
    const { as, fact } = this.consumption;
    await ensureStreams(manager);
    try {
      await manager.consumers.info(fact.stream, as);
    } catch (error) {
      if (!(error instanceof NatsError) || error.api_error?.code !== 404) throw error;
      // Of replicas that start together each adds the same.
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
    const alive = setInterval(() => message.working(), HANDLING / 3);
    try {
      const { input, errors } = accept(this.consumption.fact.payload, decode(message.data));
      errors.throwIfAny();
      const meta = metaOf(message);
      const { consumption, parts } = this;
      await traced(consumption.as, message, () =>
        parts.inbox.once(consumption.as, meta.eventId, () => parts.consume(input, meta)),
      );
      message.ack();
      parts.meter.counted('handled');
    } catch (error) {
      await this.retryOrSetAside(message, error);
    } finally {
      clearInterval(alive);
    }
  }

  /** Trouble around us passes, however long it takes; a message that fails by itself does not. */
  private async retryOrSetAside(message: JsMsg, error: unknown): Promise<void> {
    if (this.failing.seq !== message.seq) this.failing = { seq: message.seq, trouble: 0, own: 0 };
    const passing = error instanceof Refusal && (error.kind === 'unavailable' || error.kind === 'deadline');
    const failures = passing ? (this.failing.trouble += 1) : (this.failing.own += 1);
    const entry = { error, consumer: this.consumption.as, subject: message.subject, failures };
    if (!passing && failures >= POISONED_AFTER && (await this.setAside(message, error))) {
      this.log.error('Event set aside', entry);
      this.parts.meter.counted('set_aside');
      return;
    }
    this.log.warn('Event not handled, will be tried again', entry);
    this.parts.meter.counted('retried');
    message.nak(RETRY[Math.min(failures, RETRY.length) - 1]);
  }

  /** Whether the stream of dead messages has it; until it has, the message stays where it is. */
  private async setAside(message: JsMsg, error: unknown): Promise<boolean> {
    const { as } = this.consumption;
    const head = headers();
    // Several consumers may set the same event aside.
    const msgID = `${as}-${metaOf(message).eventId}`;
    head.set('event-id', metaOf(message).eventId);
    head.set('occurred-at', metaOf(message).occurredAt);
    head.set('reason', String(error).replace(/\s+/g, ' ').slice(0, 500));
    try {
      const options = { msgID, headers: head, timeout: DEAD_ACK };
      await this.nats.jetstream().publish(`dead.${as}.${message.subject}`, message.data, options);
      message.term();
      return true;
    } catch (failure) {
      this.log.error('Event could not be set aside', { error: failure, consumer: as });
      return false;
    }
  }
}

const metaOf = ({ headers: head, info, seq, subject }: JsMsg): FactMeta => ({
  eventId: head?.get('Nats-Msg-Id') || `${info.stream}-${seq}`,
  aggregateId: subject.slice(subject.lastIndexOf('.') + 1),
  occurredAt: head?.get('occurred-at') ?? '',
});

/** Handles an event as a span below what caused it, where traces are taken. */
function traced(consumer: string, { headers: head, subject }: JsMsg, work: () => Promise<void>): Promise<void> {
  const traces = tracing();
  if (!traces) return work();
  const name = subject.slice(0, subject.lastIndexOf('.'));
  const attributes = { 'messaging.system': 'nats', 'messaging.destination.name': name };
  const parent = head?.get(HEADER.traceparent) || undefined;
  return traces.span(`consume ${consumer}`, { kind: 'consumer', parent, attributes }, work);
}
