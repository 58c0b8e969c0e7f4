import type { EventType } from '@open-cpo/contracts';
import type { BatchEvent } from '@open-cpo/events';

/** An event for owners, before it has a number. */
export interface News {
  /** The id of the event that it follows from. */
  readonly id: string;
  readonly account_id: number;
  readonly type: EventType;
  /** ISO 8601. */
  readonly occurred_at: string;
  /** What the owner may see, and nothing else. */
  readonly data: object;
}

/** When an event was published; now, if it does not say. */
export const toldAt = ({ meta }: BatchEvent): string => meta.occurredAt || new Date().toISOString();

/** What follows for the owner from an event about something of theirs. */
export const newsOf = (event: BatchEvent<{ account_id: number }>, type: EventType, data: object): News => ({
  id: event.meta.eventId,
  account_id: event.payload.account_id,
  type,
  occurred_at: toldAt(event),
  data,
});
