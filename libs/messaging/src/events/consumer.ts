import { accept, type EventMeta } from '@open-cpo/contracts';
import { Log, tracing } from '@open-cpo/platform';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { deadLetter, isPublished, metaOfRaw, NOT_PUBLISHED, type RawEvent, rawOf, reasonText } from '../batches/dead';
import type { Broker } from '../broker';
import type { Inbox } from '../inbox';
import type { ConsumerMeter } from '../metrics/consumer-meters';
import type { Parking } from '../parking/parking';
import { backoffAfter, isPassing, RetryLane } from '../parking/retry-lane';
import { decode, HEADER } from '../wire';
import type { Consumption } from './consumes';
import { HANDLING_MS } from '../setup/declared';
import { findConsumer } from '../setup/find-consumer';

/** Milliseconds before the next try of a message that only waits for better times; the last one is for all that follow. */
const RETRY = [200, 1000, 5000, 15_000, 60_000];
/** Milliseconds that a question for the next message holds. */
const ASKING = 5000;
/** Milliseconds before the stream is asked again. */
const RETRY_DELAY_MS = 1000;

/** What a consumer needs. */
export interface ConsumerParts {
  readonly broker: Broker;
  readonly consumption: Consumption;
  readonly consume: (payload: unknown, meta: EventMeta) => Promise<void>;
  readonly inbox: Inbox;
  readonly parking: Parking;
  readonly log: Log;
  readonly meter: ConsumerMeter;
}

/** One durable consumer of one event; replicas take turns, a message at a time, so that the order holds. */
export class FactConsumer {
  private messages?: ConsumerMessages;
  private current: Promise<void> = Promise.resolve();
  private closed = false;
  /** The message that waits for better times (they come one at a time), and its tries so far. */
  private waiting = { seq: 0, tries: 0 };
  private readonly lane: RetryLane;

  private readonly consumption: Consumption;
  private readonly log: Log;

  constructor(private readonly parts: ConsumerParts) {
    const { broker, consumption, log, parking, meter } = parts;
    ({ consumption: this.consumption, log: this.log } = parts);
    this.lane = new RetryLane({
      consumer: consumption.as,
      parking,
      log,
      meter,
      translate: () => undefined,
      handle: async (events) => {
        for (const event of events) await this.consume(event);
      },
      deadLetter: (event, reason) => deadLetter(broker.connection(), consumption.as, event, reason),
    });
  }

  /** Runs until closed; trouble with the stream is waited out. */
  async run(): Promise<void> {
    this.lane.start();
    while (!this.closed) {
      try {
        const { as, domainEvent } = this.consumption;
        const { stream, filter } = domainEvent;
        const consumer = await findConsumer(this.parts.broker, { as, stream, filter });
        while (!this.closed) await this.takeOne(consumer);
      } catch (error) {
        if (!this.closed) this.log.warn('Consumer waits for the stream', { error, consumer: this.consumption.as });
      }
      if (!this.closed) await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS).unref());
    }
  }

  /** Takes nothing new and finishes what was taken. */
  async close(): Promise<void> {
    this.closed = true;
    await this.messages?.close();
    await Promise.all([this.current, this.lane.close()]);
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
      this.current = isPublished(message, message.info.stream) ? this.handle(message) : this.drop(message);
      await this.current;
    }
  }

  private async handle(message: JsMsg): Promise<void> {
    const alive = setInterval(() => message.working(), HANDLING_MS / 3);
    try {
      const { consumption, parts } = this;
      const raw = rawOf(message);
      // It was in hand when a process ended, or it follows one of its aggregate that waits: the retry lane keeps order.
      const suspect = message.info.deliveryCount > 1 && this.waiting.seq !== message.seq;
      if (suspect || (await parts.parking.holds(consumption.as, raw.subject))) return await this.park(message, raw);
      await traced(consumption.as, message, () => this.consume(raw));
      message.ack();
      parts.meter.counted('handled');
    } catch (error) {
      await this.postpone(message, error);
    } finally {
      clearInterval(alive);
    }
  }

  private async setAside(message: JsMsg, raw: RawEvent, reason: unknown): Promise<void> {
    const { consumption, log, parts } = this;
    await deadLetter(parts.broker.connection(), consumption.as, raw, reason);
    message.term();
    parts.meter.counted('set_aside');
    log.error('Event set aside', { consumer: consumption.as, subject: raw.subject, reason: reasonText(reason) });
  }

  /** Stored once, in the dead letter queue; while that does not answer it comes again. */
  private async drop(message: JsMsg): Promise<void> {
    try {
      await this.setAside(message, rawOf(message), NOT_PUBLISHED);
    } catch (error) {
      this.log.error('Event could not be set aside', { consumer: this.consumption.as, error });
      message.nak(RETRY_DELAY_MS);
    }
  }

  private async consume(raw: RawEvent): Promise<void> {
    const { consumption, parts } = this;
    const { input, errors } = accept(consumption.domainEvent.payload, decode(raw.data));
    errors.throwIfAny();
    const meta = metaOfRaw(raw);
    await parts.inbox.once(consumption.as, meta.eventId, () => parts.consume(input, meta));
  }

  /** Trouble around us passes, however long it takes; a message that fails by itself makes way for the others. */
  private async postpone(message: JsMsg, error: unknown): Promise<void> {
    const entry = { error, consumer: this.consumption.as, subject: message.subject };
    this.log.warn('Event not handled, will be tried again', entry);
    if (!isPassing(error)) {
      try {
        return await this.makeWay(message, error);
      } catch (failure) {
        this.log.warn('Event could not be parked', { ...entry, error: failure });
      }
    }
    this.waiting = { seq: message.seq, tries: this.waiting.seq === message.seq ? this.waiting.tries + 1 : 1 };
    this.parts.meter.counted('retried');
    message.nak(RETRY[Math.min(this.waiting.tries, RETRY.length) - 1]);
  }

  /** Into the retry lane; one that the lane cannot store either is dead-lettered. */
  private async makeWay(message: JsMsg, error: unknown): Promise<void> {
    const raw = rawOf(message);
    try {
      return await this.park(message, raw, reasonText(error));
    } catch (failure) {
      if (isPassing(failure)) throw failure;
    }
    await this.setAside(message, raw, error);
  }

  private async park(message: JsMsg, raw: RawEvent, reason?: string): Promise<void> {
    const failed = reason !== undefined;
    const tries = { attempts: failed ? 1 : 0, after: failed ? backoffAfter(1) : 0 };
    await this.lane.park([{ ...raw, key: raw.subject, reason: reason ?? null, ...tries }]);
    message.ack();
  }
}

/** Handles an event as a span below what caused it, where traces are taken. */
function traced(consumer: string, { headers: head, subject }: JsMsg, work: () => Promise<void>): Promise<void> {
  const traces = tracing();
  if (!traces) return work();
  const name = subject.slice(0, subject.lastIndexOf('.'));
  const attributes = { 'messaging.system': 'nats', 'messaging.destination.name': name };
  const parent = head?.get(HEADER.traceparent) || undefined;
  return traces.span(`consume ${consumer}`, { kind: 'consumer', parent, attributes }, work);
}
