import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@open-cpo/platform';
import type { Consumer, JsMsg } from '@nats-io/jetstream';
import type { Broker } from '../broker';
import type { ErrorTranslator } from '../error-translator';
import type { ConsumerMeter } from '../metrics/consumer-meters';
import type { NewParkedEvent, ParkedEvent, Parking } from '../parking/parking';
import { isPassing, RetryLane } from '../parking/retry-lane';
import { HANDLING_MS } from '../setup/declared';
import { findConsumer } from '../setup/find-consumer';
import { BATCH_SIZE, type BatchEvent, type BatchOptions, gathered, streamOf } from './batch';
import { eventOf, factOf, messagesOf, parkedAfter, parkedAtOnce, type Taken } from './batch-events';
import { deadLetter, isPublished, NOT_PUBLISHED, type RawEvent, rawOf } from './dead';

/** Milliseconds before the stream is asked again, or a batch is tried again, and that a question for messages holds. */
const RETRY_DELAY_MS = 1000;
/** Milliseconds before we look again whether there is room for more. */
const FULL_POLL_MS = 5;
/** Tries of the parts of one batch; what is not narrowed down by then goes on in the retry lane. */
const MOST_PARTS = 40;
/** One durable consumer that takes whatever has come meanwhile as one batch; replicas share the work. */
export class BatchConsumer {
  private readonly waiting: JsMsg[] = [];
  private readonly inHand = new Set<JsMsg>();
  /** Those that this process has given back itself; others that come again were in hand when a process ended. */
  private readonly returned = new Set<number>();
  private readonly lane: RetryLane;
  private arrived: Promise<void>;
  private wake: () => void;
  private closed = false;
  private running?: Promise<unknown>;

  constructor(
    private readonly broker: Broker,
    private readonly options: BatchOptions,
    private readonly log: Log,
    private readonly translate: ErrorTranslator,
    parking: Parking,
    private readonly meter?: ConsumerMeter,
  ) {
    this.lane = new RetryLane({
      consumer: options.as,
      parking,
      log,
      translate,
      meter,
      handle: (events) => this.retry(events),
      deadLetter: (event, reason) => deadLetter(broker.connection(), options.as, event, reason),
    });
    this.rest();
  }

  start(): void {
    this.lane.start();
    this.running = Promise.all([this.receive(), this.work()]);
  }

  /** Takes nothing new, gives back what was not begun and finishes what was. */
  async close(): Promise<void> {
    this.closed = true;
    this.wake();
    await Promise.all([this.running, this.lane.close()]);
  }

  private rest(): void {
    this.arrived = new Promise((resolve) => (this.wake = resolve));
  }

  private async receive(): Promise<void> {
    const { options, broker, log } = this;
    const { as, filter } = options;
    while (!this.closed) {
      try {
        const consumer = await findConsumer(broker, { as, filter, stream: streamOf(options), batch: true });
        while (!this.closed) await this.ask(consumer);
      } catch (error) {
        if (!this.closed) log.warn('Consumer waits for the stream', { error, consumer: options.as });
      }
      if (!this.closed) await pause(RETRY_DELAY_MS, undefined, { ref: false });
    }
  }

  /**
   * Asks again and again, because a question that the broker has lost is never answered. When we close, the last one is
   * waited for: what it brings is given back at once instead of after our silence.
   */
  private async ask(consumer: Consumer): Promise<void> {
    while (this.waiting.length >= BATCH_SIZE && !this.closed) await pause(FULL_POLL_MS, undefined, { ref: false });
    for await (const message of await consumer.fetch({ max_messages: BATCH_SIZE, expires: RETRY_DELAY_MS })) {
      if (!isPublished(message, message.info.stream)) await this.bury(message, NOT_PUBLISHED);
      else if (this.closed) message.nak();
      else this.waiting.push(message);
      this.wake();
    }
  }

  private async work(): Promise<void> {
    // Who waits for long is still alive.
    const alive = setInterval(() => [...this.waiting, ...this.inHand].forEach((one) => one.working()), HANDLING_MS / 3);
    while (!this.closed) {
      await this.arrived.then(() => gathered(this.waiting.length));
      const messages = this.waiting.splice(0, BATCH_SIZE);
      if (this.waiting.length === 0 && !this.closed) this.rest();
      if (messages.length > 0) await this.handle(messages);
    }
    clearInterval(alive);
    this.waiting.splice(0).forEach((message) => message.nak());
  }

  private async handle(messages: readonly JsMsg[]): Promise<void> {
    messages.forEach((message) => this.inHand.add(message));
    try {
      const suspects = messages.filter((one) => one.info.deliveryCount > 1 && !this.returned.has(one.seq));
      if (suspects.length > 0) await this.park(suspects, parkedAtOnce);
      const taken: Taken[] = [];
      for (const message of messages) {
        const event = suspects.includes(message) ? undefined : await this.read(message);
        if (event) taken.push({ message, event });
      }
      await this.attempt(taken);
    } finally {
      this.inHand.clear();
    }
  }

  /** What is no such event will not become one. */
  private async read(message: JsMsg): Promise<BatchEvent | undefined> {
    const domainEvent = factOf(this.options, message.subject);
    if (!domainEvent) {
      // The filter is wider than what we care for.
      message.ack();
      return undefined;
    }
    try {
      return eventOf(domainEvent, rawOf(message));
    } catch (error) {
      await this.bury(message, error);
      return undefined;
    }
  }

  /**
   * Trouble around us passes, however long it takes; an event that fails by itself does not, and is searched for by
   * halving, the parts of one size after the other, for so many tries; then the retry lane searches on.
   */
  private async attempt(taken: readonly Taken[]): Promise<void> {
    const parts = [taken];
    for (let tries = 0; parts.length > 0 && tries < MOST_PARTS; tries += 1) {
      const part = parts.shift() ?? [];
      const error = part.length > 0 ? await this.failureOf(part) : undefined;
      if (error === undefined) continue;
      if (isPassing(error)) return this.wait([part, ...parts].flat(), error);
      const half = Math.ceil(part.length / 2);
      if (part.length > 1) parts.push(part.slice(0, half), part.slice(half));
      else await this.park(messagesOf(part), (message) => parkedAfter(message, error));
    }
    await this.park(messagesOf(parts.flat()), parkedAtOnce);
  }

  /** Why the events had no effect; nothing when they had. */
  private async failureOf(taken: readonly Taken[]): Promise<unknown> {
    try {
      const rejectedEvents = await this.options.handle(taken.map(({ event }) => event));
      this.meter?.counted('handled', taken.length - rejectedEvents.length);
      const reasons = new Map(rejectedEvents.map(({ eventId, reason }) => [eventId, reason]));
      const answered = taken.map(async ({ message, event: { meta } }) => {
        this.returned.delete(message.seq);
        const reason = reasons.get(meta.eventId);
        if (reason !== undefined) return this.bury(message, reason);
        message.ack();
      });
      return void (await Promise.all(answered));
    } catch (thrown) {
      return this.translate(thrown) ?? thrown ?? new Error('unknown');
    }
  }

  private async wait(taken: readonly Taken[], error: unknown): Promise<void> {
    this.meter?.counted('retried', taken.length);
    const messages = taken.map(({ message }) => message);
    await this.stay(messages, error, 'Events not handled, will be tried again');
  }

  private giveBack(message: JsMsg): void {
    this.returned.add(message.seq);
    message.nak(RETRY_DELAY_MS);
  }

  /** Into the retry lane. They stay while the database is unavailable; what the lane cannot store is dead-lettered. */
  private async park(messages: readonly JsMsg[], as: (message: JsMsg) => NewParkedEvent): Promise<void> {
    if (messages.length === 0) return;
    try {
      await this.lane.park(messages.map(as));
    } catch (error) {
      if (isPassing(error)) return this.stay(messages, error, 'Events could not be parked');
      const alone = messages.length === 1;
      for (const one of messages) await (alone ? this.bury(one, as(one).reason ?? error) : this.park([one], as));
      return;
    }
    for (const parked of messages) {
      this.returned.delete(parked.seq);
      parked.ack();
    }
  }

  private async stay(messages: readonly JsMsg[], error: unknown, why: string): Promise<void> {
    this.log.warn(why, { error, consumer: this.options.as, events: messages.length });
    messages.forEach((message) => this.giveBack(message));
    await pause(RETRY_DELAY_MS, undefined, { ref: false });
  }

  /** Events of the retry lane, all of which have their effect or none. */
  private async retry(parked: readonly ParkedEvent[]): Promise<void> {
    const events: BatchEvent[] = [];
    for (const raw of parked) {
      const domainEvent = factOf(this.options, raw.subject);
      if (!domainEvent) continue;
      try {
        events.push(eventOf(domainEvent, raw));
      } catch (error) {
        await this.buried(raw, error);
      }
    }
    const rejectedEvents = events.length > 0 ? await this.options.handle(events) : [];
    const reasons = new Map(rejectedEvents.map(({ eventId, reason }) => [eventId, reason]));
    for (const raw of parked) {
      const reason = reasons.get(raw.eventId);
      if (reason !== undefined) await this.buried(raw, reason);
    }
  }

  private async bury(message: JsMsg, reason: unknown): Promise<void> {
    try {
      await this.buried(rawOf(message), reason);
      this.returned.delete(message.seq);
      message.term();
    } catch (error) {
      this.log.error('Event could not be set aside', { consumer: this.options.as, error });
      this.giveBack(message);
    }
  }

  private async buried(event: RawEvent, reason: unknown): Promise<void> {
    await deadLetter(this.broker.connection(), this.options.as, event, reason);
    this.meter?.counted('set_aside');
    this.log.error('Event set aside', { consumer: this.options.as, subject: event.subject, reason: String(reason) });
  }
}
