import { localDay, type SessionStarted } from '@open-cpo/contracts';
import type { PendingEvent } from '@open-cpo/persistence';
import type { Reading, SessionRow, StartedSession } from '../sessions/session';
import { endOf } from './figures';
import { completed, reversed } from './order.facts';
import { Order, type OrderRow } from './order';

/** An order, its session and the session's readings, oldest first. */
export interface Known {
  readonly order: OrderRow;
  readonly session: StartedSession;
  readonly readings: readonly Reading[];
}

export interface Voided {
  readonly order: OrderRow;
  readonly domainEvents: readonly PendingEvent[];
}

/**
 * The cancelled order of one that is not complete, and what is to be published. Only that of a held order was published as ended:
 * who waits for the end of another one gets that of an order that came to nothing.
 */
export function voided(known: Known, reason: string, ended = endSoFar(known)): Voided {
  const after = new Order(known.order).cancel();
  if (known.order.held && known.session.settled && endOf(known.session) !== null)
    return { order: after, domainEvents: [] };
  const nothing = { ...after, revision: 1, delivered_at: ended, day: localDay(after.tariff.time_zone, ended) };
  return { order: nothing, domainEvents: [completed(nothing), reversed(nothing, reason)] };
}

/** As it was recorded or settled; of a session that goes on, its last reading. */
export function endSoFar({ order: { delivered_at }, session, readings }: Known): Date {
  const last = readings.at(-1)?.at ?? session.started_at;
  return delivered_at ?? endOf(session) ?? (last < session.started_at ? session.started_at : last);
}

/** A session and the start that takes the place of its own; none where only its end is replaced. */
export interface Displaced {
  readonly row: SessionRow;
  readonly start?: SessionStarted;
}

/** Whether the start is at the order's power center: its connector stays busy from then on. */
export const isAt = (
  { charge_point_id: id, token }: SessionStarted,
  { order, session }: Pick<Known, 'order' | 'session'>,
): boolean => (id === null || id === undefined ? token === session.token : id === order.charge_point_id);
