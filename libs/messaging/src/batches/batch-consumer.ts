import { setTimeout as pause } from 'node:timers/promises';
import { accept, Refusal } from '@open-cpo/contracts';
import type { Log } from '@open-cpo/platform';
import type { Consumer, JsMsg, NatsConnection } from 'nats';
import type { ErrorTranslator } from '../error-translator';
import type { ConsumerMeter } from '../metrics/consumer-meters';
import { decode } from '../wire';
import type { BatchEvent, BatchOptions } from './batch';
import { metaOf, setAside } from './dead';
import { ensureConsumer, HANDLING } from './durable';

/** Most events of one batch. */
const BATCH = 500;
/** Milliseconds before the stream is asked again, or a batch is tried again. */
const PAUSE = 1000;
/** Milliseconds that a question for messages holds. */
const ASKING = 1000;
/** Milliseconds before we look again whether there is room for more. */
const FULL = 5;
/** Failures by its own fault after which an event is set aside. */
const POISONED_AFTER = 5;

interface Taken {
  readonly message: JsMsg;
  readonly event: BatchEvent;
}

/** One durable consumer that takes whatever has come meanwhile as one batch; replicas share the work. */
export class BatchConsumer {
  private readonly waiting: JsMsg[] = [];
  private readonly inHand = new Set<JsMsg>();
  private readonly failures = new Map<number, number>();
  private arrived: Promise<void>;
  private wake: () => void;
  private closed = false;
  private running?: Promise<unknown>;

  constructor(
    private readonly nats: NatsConnection,
    private readonly options: BatchOptions,
    private readonly log: Log,
    private readonly translate: ErrorTranslator,
    private readonly meter?: ConsumerMeter,
  ) {
    this.rest();
  }

  start(): void {
    this.running = Promise.all([this.receive(), this.work()]);
  }

  /** Takes nothing new, gives back what was not begun and finishes what was. */
  async close(): Promise<void> {
    this.closed = true;
    this.wake();
    await this.running;
  }

  private rest(): void {
    this.arrived = new Promise((resolve) => (this.wake = resolve));
  }

  private async receive(): Promise<void> {
    const { options, nats, log } = this;
    while (!this.closed) {
      try {
        const consumer = await ensureConsumer(nats, options);
        while (!this.closed) await this.ask(consumer);
      } catch (error) {
        if (!this.closed) log.warn('Consumer waits for the stream', { error, consumer: options.as });
      }
      if (!this.closed) await pause(PAUSE, undefined, { ref: false });
    }
  }

  /**
   * Asks again and again, because a question that the broker has lost is never answered. When we close, the last one is
   * waited for: what it brings is given back at once instead of after our silence.
   */
  private async ask(consumer: Consumer): Promise<void> {
    while (this.waiting.length >= BATCH && !this.closed) await pause(FULL, undefined, { ref: false });
    for await (const message of await consumer.fetch({ max_messages: BATCH, expires: ASKING })) {
      if (this.closed) message.nak();
      else this.waiting.push(message);
      this.wake();
    }
  }

  private async work(): Promise<void> {
    // Who waits for long is still alive.
    const alive = setInterval(() => [...this.waiting, ...this.inHand].forEach((one) => one.working()), HANDLING / 3);
    while (!this.closed) {
      await this.arrived;
      const messages = this.waiting.splice(0, BATCH);
      if (this.waiting.length === 0 && !this.closed) this.rest();
      if (messages.length > 0) await this.handle(messages);
    }
    clearInterval(alive);
    this.waiting.splice(0).forEach((message) => message.nak());
  }

  private async handle(messages: readonly JsMsg[]): Promise<void> {
    messages.forEach((message) => this.inHand.add(message));
    try {
      const taken: Taken[] = [];
      for (const message of messages) {
        const event = await this.read(message);
        if (event) taken.push({ message, event });
      }
      await this.attempt(taken);
    } finally {
      this.inHand.clear();
    }
  }

  /** What is no such event will not become one. */
  private async read(message: JsMsg): Promise<BatchEvent | undefined> {
    const fact = this.options.facts.find(({ filter }) => covers(filter, message.subject));
    if (!fact) {
      // The filter is wider than what we care for.
      message.ack();
      return undefined;
    }
    try {
      const { input, errors } = accept(fact.payload, decode(message.data));
      errors.throwIfAny();
      return { fact, payload: input, meta: metaOf(message) };
    } catch (error) {
      await this.bury(message, error);
      return undefined;
    }
  }

  private async attempt(taken: readonly Taken[]): Promise<void> {
    if (taken.length === 0) return;
    try {
      const unfit = await this.options.handle(taken.map(({ event }) => event));
      this.meter?.counted('handled', taken.length - unfit.length);
      const reasons = new Map(unfit.map(({ eventId, reason }) => [eventId, reason]));
      for (const { message, event } of taken) {
        this.failures.delete(message.seq);
        const reason = reasons.get(event.meta.eventId);
        if (reason === undefined) message.ack();
        else await this.bury(message, reason);
      }
    } catch (thrown) {
      await this.narrow(taken, this.translate(thrown) ?? thrown);
    }
  }

  /** Trouble around us passes, however long it takes; an event that fails by itself does not, and is searched for. */
  private async narrow(taken: readonly Taken[], error: unknown): Promise<void> {
    const passing = error instanceof Refusal && (error.kind === 'unavailable' || error.kind === 'deadline');
    if (!passing && taken.length > 1) {
      const half = Math.ceil(taken.length / 2);
      await this.attempt(taken.slice(0, half));
      return this.attempt(taken.slice(half));
    }
    this.log.warn('Events not handled, will be tried again', {
      error,
      consumer: this.options.as,
      events: taken.length,
    });
    this.meter?.counted('retried', taken.length);
    if (passing) {
      taken.forEach(({ message }) => message.nak(PAUSE));
      await pause(PAUSE, undefined, { ref: false });
      return;
    }
    for (const { message } of taken) await this.blame(message, error);
  }

  private async blame(message: JsMsg, error: unknown): Promise<void> {
    const failures = (this.failures.get(message.seq) ?? 0) + 1;
    this.failures.set(message.seq, failures);
    if (failures < POISONED_AFTER) return message.nak(PAUSE * failures);
    this.failures.delete(message.seq);
    await this.bury(message, error);
  }

  private async bury(message: JsMsg, reason: unknown): Promise<void> {
    const { as } = this.options;
    try {
      await setAside(this.nats, as, message, reason);
      this.meter?.counted('set_aside');
      this.log.error('Event set aside', { consumer: as, subject: message.subject, reason: String(reason) });
    } catch (error) {
      this.log.error('Event could not be set aside', { consumer: as, error });
      message.nak(PAUSE);
    }
  }
}

const covers = (filter: string, subject: string): boolean =>
  filter.endsWith('.*') ? subject.startsWith(filter.slice(0, -1)) : filter === subject;
