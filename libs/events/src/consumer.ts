import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@open-cpo/platform';
import type { Consumer, JsMsg } from '@nats-io/jetstream';
import { isPublished } from '@open-cpo/messaging';
import { isPassing, RetryLane } from './retry/retry-lane';
import { HANDLING_MS } from './declared';
import { findConsumer } from './find-consumer';
import { type BatchEvent, type BatchHandler, reasonsOf } from './batch';
import { eventOf, messagesOf, parkedEvent, type Taken, typeOf } from './batch-events';
import { type Consumption, streamOf } from './consumes';
import { type ConsumerParts, handleParked } from './handle-parked';
import { DeadLetters, NOT_PUBLISHED, rawOf } from './dead-letter';
import { traced } from './traced';

/** Most events of one batch. */
const BATCH_SIZE = 500;
/** Milliseconds for which what has begun to come may go on coming, so that a batch holds more than its first event. */
const GATHER_MS = 10;
/** Milliseconds before the stream is asked again, or a batch is tried again, and that a question for messages holds. */
const RETRY_DELAY_MS = 1000;
/** Milliseconds before the next try of an event that all later ones wait for; the last one is for all that follow. */
const ORDERED_RETRY_MS = [200, 1000, 5000, 15_000, 60_000];
/** Milliseconds before we look again whether there is room for more. */
const FULL_POLL_MS = 5;
/** Tries of the parts of one batch; what is not narrowed down by then goes on in the retry lane. */
const MOST_PARTS = 40;

/**
 * One durable consumer. It takes whatever has come meanwhile as one batch, and replicas share the work; where order matters
 * the broker gives out one event at a time, to all replicas together, and a batch is that event.
 */
export class EventConsumer {
  private readonly waiting: JsMsg[] = [];
  private readonly inHand = new Set<JsMsg>();
  /** How often this process has given a message back itself; others that come again were in hand when a process ended. */
  private readonly returned = new Map<number, number>();
  private readonly lane: RetryLane;
  private readonly deadLetters: DeadLetters;
  private readonly consumption: Consumption;
  private readonly log: Log;
  private readonly size: number;
  private arrived: Promise<void>;
  private wake: () => void;
  private closed = false;
  private running?: Promise<unknown>;

  constructor(private readonly parts: ConsumerParts) {
    ({ consumption: this.consumption, log: this.log } = parts);
    this.size = this.consumption.batch ? BATCH_SIZE : 1;
    this.deadLetters = new DeadLetters(parts);
    this.lane = new RetryLane({
      ...parts,
      consumer: this.consumption.as,
      handle: (events) => handleParked(parts, this.deadLetters, events),
      deadLetters: this.deadLetters,
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
    const { consumption, log } = this;
    const { as, filter, batch } = consumption;
    const wanted = { as, filter, batch, stream: streamOf(consumption) };
    while (!this.closed) {
      try {
        const consumer = await findConsumer(this.parts.broker, wanted);
        while (!this.closed) await this.ask(consumer);
      } catch (error) {
        if (!this.closed) log.warn('Consumer waits for the stream', { error, consumer: as });
      }
      if (!this.closed) await pause(RETRY_DELAY_MS, undefined, { ref: false });
    }
  }

  /**
   * Asks again and again, because a question that the broker has lost is never answered. When we close, the last one is
   * waited for: what it brings is given back at once instead of after our silence.
   */
  private async ask(consumer: Consumer): Promise<void> {
    while (this.waiting.length >= this.size && !this.closed) await pause(FULL_POLL_MS, undefined, { ref: false });
    for await (const message of await consumer.fetch({ max_messages: this.size, expires: RETRY_DELAY_MS })) {
      if (!isPublished(message, message.info.stream)) await this.reject(message, NOT_PUBLISHED);
      else if (this.closed) message.nak();
      else this.waiting.push(message);
      this.wake();
    }
  }

  private async work(): Promise<void> {
    // Who waits for long is still alive.
    const alive = setInterval(() => [...this.waiting, ...this.inHand].forEach((one) => one.working()), HANDLING_MS / 3);
    while (!this.closed) {
      await this.arrived;
      if (this.waiting.length < this.size) await pause(GATHER_MS, undefined, { ref: false });
      const messages = this.waiting.splice(0, this.size);
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
      if (suspects.length > 0) await this.park(suspects);
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

  /** What is no such event will not become one; where order matters, those after it wait for its tries. */
  private async read(message: JsMsg): Promise<BatchEvent | undefined> {
    const domainEvent = typeOf(this.consumption, message.subject);
    if (!domainEvent) {
      // The filter is wider than what we care for.
      message.ack();
      return undefined;
    }
    try {
      return eventOf(domainEvent, rawOf(message));
    } catch (error) {
      await (this.consumption.batch ? this.reject(message, error) : this.park([message], error));
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
      else await this.park(messagesOf(part), error);
    }
    await this.park(messagesOf(parts.flat()));
  }

  /** Why the events had no effect; nothing when they had. */
  private async failureOf(taken: readonly Taken[]): Promise<unknown> {
    try {
      if (await this.followsParked(taken)) return void (await this.park(messagesOf(taken)));
      const rejectedEvents = await this.handleTraced(taken);
      this.parts.meter?.counted('handled', taken.length - rejectedEvents.length);
      const reasons = reasonsOf(rejectedEvents);
      const answered = taken.map(async ({ message, event: { meta } }) => {
        this.returned.delete(message.seq);
        const reason = reasons.get(meta.eventId);
        if (reason !== undefined) return this.reject(message, reason);
        message.ack();
      });
      return void (await Promise.all(answered));
    } catch (thrown) {
      return this.parts.translate(thrown) ?? thrown ?? new Error('unknown');
    }
  }

  /** Where order matters, an event follows those of its subject into the retry lane. */
  private async followsParked([first]: readonly Taken[]): Promise<boolean> {
    const { as, batch } = this.consumption;
    return !batch && first !== undefined && this.parts.parking.holds(as, first.message.subject);
  }

  private handleTraced(taken: readonly Taken[]): ReturnType<BatchHandler> {
    const { as, batch } = this.consumption;
    const work = () => this.parts.handle(taken.map(({ event }) => event));
    return batch ? work() : traced(as, taken[0], work);
  }

  private async wait(taken: readonly Taken[], error: unknown): Promise<void> {
    this.parts.meter?.counted('retried', taken.length);
    await this.stay(messagesOf(taken), error, 'Events not handled, will be tried again');
  }

  private giveBack(message: JsMsg): void {
    const tries = this.returned.get(message.seq) ?? 0;
    this.returned.set(message.seq, tries + 1);
    message.nak(
      this.consumption.batch ? RETRY_DELAY_MS : ORDERED_RETRY_MS[Math.min(tries, ORDERED_RETRY_MS.length - 1)],
    );
  }

  /** Into the retry lane. They stay while the database is unavailable; what the lane cannot store is dead-lettered. */
  private async park(messages: readonly JsMsg[], reason?: unknown): Promise<void> {
    if (messages.length === 0) return;
    try {
      await this.lane.park(messages.map((message) => parkedEvent(this.consumption, message, reason)));
    } catch (error) {
      if (isPassing(error)) return this.stay(messages, error, 'Events could not be parked');
      const alone = messages.length === 1;
      for (const one of messages) await (alone ? this.reject(one, reason ?? error) : this.park([one], reason));
      return;
    }
    for (const parked of messages) {
      this.returned.delete(parked.seq);
      parked.ack();
    }
  }

  private async stay(messages: readonly JsMsg[], error: unknown, why: string): Promise<void> {
    this.log.warn(why, { error, consumer: this.consumption.as, events: messages.length });
    messages.forEach((message) => this.giveBack(message));
    if (this.consumption.batch) await pause(RETRY_DELAY_MS, undefined, { ref: false });
  }

  private async reject(message: JsMsg, reason: unknown): Promise<void> {
    try {
      await this.deadLetters.add(rawOf(message), reason);
      this.returned.delete(message.seq);
      message.term();
    } catch (error) {
      this.log.error('Event could not be dead-lettered', { consumer: this.consumption.as, error });
      this.giveBack(message);
    }
  }
}
