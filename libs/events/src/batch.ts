import type { DomainEvent, EventMeta } from '@open-cpo/contracts';

/** One event of a batch, read and validated. */
export interface BatchEvent<T = unknown> {
  readonly domainEvent: DomainEvent<T>;
  readonly payload: T;
  readonly meta: EventMeta;
}

/** An event that no further try will help; it is dead-lettered. */
export interface RejectedEvent {
  readonly eventId: string;
  readonly reason: string;
}

/**
 * Deals with events in one transaction, each at least once and in any order. What it throws concerns the batch: trouble
 * around us is waited out, anything else is narrowed down to the events at fault. What it returns is dead-lettered.
 */
export type BatchHandler = (events: readonly BatchEvent[]) => Promise<readonly RejectedEvent[]>;

/** Whether an event of this type came, with its type. */
export const isOf = <T>(event: BatchEvent, domainEvent: DomainEvent<T>): event is BatchEvent<T> =>
  event.domainEvent.subject === domainEvent.subject;

/** Reasons by the events' ids. */
export const reasonsOf = (rejectedEvents: readonly RejectedEvent[]): ReadonlyMap<string, string> =>
  new Map(rejectedEvents.map(({ eventId, reason }) => [eventId, reason]));
