import { Inject, Injectable } from '@nestjs/common';
import { sessionCompleted, sessionStarted } from '@open-cpo/contracts';
import { type NewParkedEvent, PARKING, type Parking } from '@open-cpo/events';
import { BatchInbox } from '@open-cpo/persistence';
import { backEndOfSession, sessionIdOf } from '../back-ends/session-key';
import { OrderReconciler } from '../orders/order-reconciler';
import {
  endColumns,
  isAssumed,
  isEarlier,
  type ReceivedSession,
  sessionColumns,
  startColumns,
} from './merge-by-session';
import type { SessionRow } from './session';
import { SessionsRepository } from './sessions.repository';

const REASON = 'Another start or end of its session was received before.';

/** What was recorded, and what the stream stored before it. */
interface Overtaken {
  readonly row: SessionRow;
  readonly received: ReceivedSession;
}

/**
 * Starts and ends that were overtaken: the stream stored them before the ones that are recorded, but a process ended with
 * them in hand, or another replica was faster. They take the place of the later ones, so that what counts does not depend
 * on who handled which event when. The later ones are handled again, and contradict.
 */
@Injectable()
export class OvertakenEvents {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly book: OrderReconciler,
    @Inject(PARKING) private readonly parking: Parking,
    private readonly inbox: BatchInbox,
  ) {}

  /** The sessions as they are then; `rows` are locked. In the current transaction. */
  async restore(
    consumer: string,
    received: readonly ReceivedSession[],
    rows: readonly SessionRow[],
  ): Promise<readonly SessionRow[]> {
    const byId = new Map(rows.map((row) => [row.session_id, row]));
    const pairs = received.flatMap((one): Overtaken[] => {
      const row = byId.get(one.session_id);
      return row ? [{ row, received: one }] : [];
    });
    const starts = pairs.filter(isStartEarlier);
    const ends = pairs.filter(isEndEarlier);
    if (starts.length + ends.length === 0) return rows;
    const [otherStarts, otherEnds] = [starts.filter(isOtherStart), ends.filter(isOtherEnd)];
    const closed = await this.closed(otherStarts, otherEnds);
    const isOpen = ({ row }: Overtaken): boolean => !closed.has(row.session_id);
    const newStarts = otherStarts.filter(isOpen);
    const newEnds = otherEnds.filter(isOpen);
    // A repetition that was overtaken changes nothing but which event is the first.
    const sameStarts = starts.filter((one) => !isOtherStart(one)).map(asFirstStart);
    const sameEnds = ends.filter((one) => !isOtherEnd(one)).map(asFirstEnd);
    await this.sessions.restoreStarts([...newStarts.map(withStart), ...sameStarts]);
    await this.sessions.restoreEnds([...newEnds.map(withEnd), ...sameEnds]);
    const later = [...newStarts.map(({ row }) => startOf(row)), ...newEnds.map(({ row }) => endOf(row))];
    // One that the retry lane still has in hand is handled once more.
    await this.parking.parkAgain(consumer, later);
    await this.inbox.forget(consumer, later);
    return this.sessions.locked(rows.map(({ session_id }) => session_id));
  }

  /** Voids the orders that were made of the later events; answers the sessions whose order stays. */
  private async closed(starts: readonly Overtaken[], ends: readonly Overtaken[]): Promise<ReadonlySet<string>> {
    const replaced = new Set(starts.map(({ row }) => row.session_id));
    const displaced = [
      ...starts.map(({ row, received: { start } }) => ({ row, start })),
      ...ends.filter(({ row }) => !replaced.has(row.session_id)).map(({ row }) => ({ row })),
    ];
    return displaced.length === 0 ? new Set() : this.book.void(displaced, REASON);
  }
}

const isStartEarlier = ({ row, received: { start, startMeta } }: Overtaken): boolean =>
  start !== undefined && row.started_at !== null && isEarlier(startMeta, row.start_stored_at);

const isEndEarlier = ({ row, received: { end, endMeta } }: Overtaken): boolean =>
  end !== undefined && !isAssumed(end) && row.ended_at !== null && isEarlier(endMeta, row.end_stored_at);

const isOtherStart = ({ row, received: { start } }: Overtaken): boolean =>
  start !== undefined && differs(startColumns(start), row);

const isOtherEnd = ({ row, received: { end } }: Overtaken): boolean =>
  end !== undefined && differs(endColumns(end), row);

/** Whether an event says something else than what is recorded; how far a card was looked up is not said by events. */
function differs(columns: object, row: SessionRow): boolean {
  const recorded: Readonly<Record<string, unknown>> = { ...row };
  return Object.entries(columns).some(([name, value]) => name !== 'card' && !isSame(value, recorded[name]));
}

/** A value of an event and that of its column, which has decimals and moments in another form. */
function isSame(said: unknown, recorded: unknown): boolean {
  if (recorded === null || recorded === undefined) return said === null || said === undefined;
  // Registers have three decimals.
  if (typeof said === 'number') return Math.abs(said - Number(recorded)) < 0.0005;
  return said === (recorded instanceof Date ? recorded.toISOString() : recorded);
}

const withStart = ({ row, received }: Overtaken): object => ({
  ...row,
  ...sessionColumns(received),
  worker_id: null,
});

const withEnd = ({ row, received }: Overtaken): object => ({
  ...row,
  ...sessionColumns(received),
  silent_at: null,
});

const asFirstStart = ({ row, received: { startMeta } }: Overtaken): object => ({
  ...row,
  start_event_id: startMeta?.eventId,
  start_stored_at: startMeta?.storedAt,
});

const asFirstEnd = ({ row, received: { endMeta } }: Overtaken): object => ({
  ...row,
  end_event_id: endMeta?.eventId,
  end_stored_at: endMeta?.storedAt,
});

const numberOf = (text: string | null): number | null => (text === null ? null : Number(text));

/** The start that is recorded, as its event. */
function startOf(row: SessionRow): NewParkedEvent {
  const { charge_point_id, token, connector_number, driver_id, rfid, payment } = row;
  const said = { charge_point_id, token, connector_number, driver_id, rfid, payment };
  const requested = { unit: row.requested_unit, requested_quantity: row.requested_quantity };
  const payload = { ...said, ...requested, time: row.started_at, meter_wh: numberOf(row.start_wh) };
  return eventOf(row, sessionStarted.subject, payload, { id: row.start_event_id, storedAt: row.start_stored_at });
}

function endOf(row: SessionRow): NewParkedEvent {
  const payload = { time: row.ended_at, meter_wh: numberOf(row.end_wh) };
  return eventOf(row, sessionCompleted.subject, payload, { id: row.end_event_id, storedAt: row.end_stored_at });
}

/** The event that a row was written by. */
interface Origin {
  readonly id: string | null;
  readonly storedAt: string | null;
}

function eventOf(row: SessionRow, subject: string, said: object, { id, storedAt }: Origin): NewParkedEvent {
  const backEnd = backEndOfSession(row.session_id);
  const known = Object.entries(said).filter(([, value]) => value !== null);
  const payload = { version: 1, session_id: sessionIdOf(row.session_id), ...Object.fromEntries(known) };
  return {
    eventId: id ?? '',
    key: null,
    subject: backEnd === undefined ? subject : `${subject}.${backEnd}`,
    occurredAt: '',
    storedAt: numberOf(storedAt),
    data: Buffer.from(JSON.stringify(payload)),
    attempts: 0,
    reason: null,
    after: 0,
  };
}
