import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '@open-cpo/contracts';
import type { Log } from '@open-cpo/platform';
import type { ErrorTranslator } from '@open-cpo/messaging';
import { type DeadLetters, reasonText } from '../dead-letter';
import type { ConsumerMeter } from '../consumer-meters';
import type { NewParkedEvent, ParkedEvent, Parking } from './parking';

/** Tries by its own fault after which an event is dead-lettered. */
const MAX_ATTEMPTS = 5;
/** Tries in which the process ended, after the one that brought the event here. */
const MAX_DEATHS = 3;
/** Events that were never tried here and are taken together. */
const GROUP_SIZE = 50;
/** Milliseconds before the next look: while events wait for their next try, and while none is known to wait. */
const WAITING_POLL_MS = 250;
const IDLE_POLL_MS = 5000;
/** Milliseconds before the next try after trouble around us. */
const TROUBLE_MS = 1000;
/** Milliseconds, times the number of tries, before the next try of an event that failed. */
const BACKOFF_MS = 1000;

export const backoffAfter = (attempts: number): number => BACKOFF_MS * attempts;

/** Whether it is trouble around us, which passes, and not the fault of an event. */
export const isPassing = (error: unknown): boolean =>
  error instanceof Refusal && (error.kind === 'unavailable' || error.kind === 'deadline');

export interface RetryLaneParts {
  readonly consumer: string;
  readonly parking: Parking;
  readonly log: Log;
  readonly translate: ErrorTranslator;
  readonly meter?: ConsumerMeter;
  /** Deals with all events or throws; an event that no further try helps is its own business. */
  readonly handle: (events: readonly ParkedEvent[]) => Promise<void>;
  readonly deadLetters: Pick<DeadLetters, 'add'>;
}

/**
 * The retry lane of one consumer. Events that failed, and events during which a process ended, are tried again here
 * with backoff while the consumer goes on. Each try is counted before it begins, so an event that ends the process is
 * found: what was taken together is taken one by one afterwards.
 */
export class RetryLane {
  private readonly closing = new AbortController();
  private waiting = true;
  private alarm = new AbortController();
  private running?: Promise<void>;

  constructor(private readonly parts: RetryLaneParts) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Finishes what was taken, and stores its outcome. */
  async close(): Promise<void> {
    this.closing.abort();
    this.alarm.abort();
    await this.running;
  }

  /** Takes events over from the stream. @throws when the database does not answer: they stay in the stream */
  async park(events: readonly NewParkedEvent[]): Promise<void> {
    await this.parts.parking.park(this.parts.consumer, events);
    this.parts.meter?.counted('retried', events.length);
    this.waiting = true;
    this.alarm.abort();
  }

  private get closed(): boolean {
    return this.closing.signal.aborted;
  }

  private async run(): Promise<void> {
    const { consumer, parking, log } = this.parts;
    while (!this.closed) {
      this.alarm = new AbortController();
      try {
        const events = await parking.take(consumer, GROUP_SIZE);
        if (events.length > 0) {
          this.waiting = true;
          await this.attempt(events);
          continue;
        }
      } catch (error) {
        log.warn('The retry lane waits', { error, consumer });
      }
      await this.rest();
    }
  }

  private async rest(): Promise<void> {
    const milliseconds = this.waiting ? WAITING_POLL_MS : IDLE_POLL_MS;
    this.waiting = await this.anyWaiting();
    const { signal } = this.alarm;
    if (!this.closed) await pause(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
  }

  private anyWaiting(): Promise<boolean> {
    const { consumer, parking } = this.parts;
    return parking.any(consumer).catch(() => true);
  }

  private async attempt(events: readonly ParkedEvent[]): Promise<void> {
    const spent = events.filter(({ attempts, deaths }) => deaths >= MAX_DEATHS || attempts > MAX_ATTEMPTS);
    for (const event of spent) {
      const died = `The process ended ${event.deaths + 1} times while this event was handled.`;
      await this.dead(event, event.deaths >= MAX_DEATHS ? died : event.reason);
    }
    const due = events.filter((event) => !spent.includes(event));
    if (due.length === 0) return;
    try {
      await this.parts.handle(due);
    } catch (thrown) {
      return this.failed(due, this.parts.translate(thrown) ?? thrown);
    }
    this.parts.meter?.counted('handled', due.length);
    await this.untilStored(() => this.parts.parking.remove(due.map(({ id }) => id)));
  }

  private async failed(events: readonly ParkedEvent[], error: unknown): Promise<void> {
    const { consumer, log, parking, meter } = this.parts;
    const passing = isPassing(error);
    const [event] = events;
    if (event && events.length === 1 && !passing && event.attempts >= MAX_ATTEMPTS) return this.dead(event, error);
    log.warn('Events not handled, will be tried again', { error, consumer, events: events.length });
    meter?.counted('retried', events.length);
    const reason = reasonText(error);
    // The first try of several says nothing about each of them: they are tried one by one, at once.
    const afterFailure = (attempts: number): number => (events.length > 1 ? 0 : backoffAfter(attempts));
    const postponed = events.map(({ id, attempts }) => ({
      id,
      reason,
      after: passing ? TROUBLE_MS : afterFailure(attempts),
      counted: !passing,
    }));
    await this.untilStored(() => parking.postpone(postponed));
  }

  private async dead(event: ParkedEvent, reason: unknown): Promise<void> {
    const { parking, deadLetters } = this.parts;
    if (!(await this.untilStored(() => deadLetters.add(event, reason)))) return;
    await this.untilStored(() => parking.remove([event.id]));
  }

  /**
   * An event whose outcome is not stored would count as one during which the process ended: it is stored once more when
   * the lane closes meanwhile. False: it could not be, and the event comes again.
   */
  private async untilStored(store: () => Promise<void>): Promise<boolean> {
    for (;;) {
      const last = this.closed;
      try {
        await store();
        return true;
      } catch (error) {
        this.parts.log.warn('The outcome of a retried event is not stored yet', {
          error,
          consumer: this.parts.consumer,
        });
        if (last) return false;
        await pause(TROUBLE_MS, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined);
      }
    }
  }
}
