import { setTimeout as pause } from 'node:timers/promises';
import type { DomainEvent, EventMeta } from '@open-cpo/contracts';
import { type ConsumerStart, FACTS } from '../setup/declared';

/** Most events of one batch. */
export const BATCH_SIZE = 500;
/** Milliseconds for which what has begun to come may go on coming, so that a batch holds more than its first event. */
const GATHER_MS = 10;

/** Waits for what comes with the events that are there, unless they fill a batch. */
export async function gathered(count: number): Promise<void> {
  if (count < BATCH_SIZE) await pause(GATHER_MS, undefined, { ref: false });
}

/** One event of a batch, read and validated. */
export interface BatchEvent<T = unknown> {
  readonly domainEvent: DomainEvent<T>;
  readonly payload: T;
  readonly meta: EventMeta;
}

/** An event that no further try will help; it goes to the dead. */
export interface RejectedEvent {
  readonly eventId: string;
  readonly reason: string;
}

/** What is consumed in batches, and by whom. */
export interface BatchOptions {
  /** Name of the durable consumer: unique, kept for ever, `<service>-<what for>`. */
  readonly as: string;
  /** Where it starts when it is made; read from the sources by the setup of the broker. */
  readonly from?: ConsumerStart;
  /** All of one stream. */
  readonly domainEvents: readonly DomainEvent<unknown>[];
  /** Covers all their subjects: `charging.session.>`. */
  readonly filter: string;
  /**
   * Deals with events in one transaction, each at least once and in any order. What it throws concerns the batch: trouble
   * around us is waited out, anything else is narrowed down to the events at fault. What it returns is dead-lettered.
   */
  readonly handle: (events: readonly BatchEvent[]) => Promise<readonly RejectedEvent[]>;
}

/** The stream that all its events are of. */
export const streamOf = ({ domainEvents }: BatchOptions): string => domainEvents[0]?.stream ?? FACTS;

/** Whether an event of this type came, with its type. */
export const isOf = <T>(event: BatchEvent, domainEvent: DomainEvent<T>): event is BatchEvent<T> =>
  event.domainEvent.subject === domainEvent.subject;
