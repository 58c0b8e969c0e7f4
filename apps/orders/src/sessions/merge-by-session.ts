import {
  type EventMeta,
  MOST_WH,
  sessionCompleted,
  sessionMetered,
  sessionStarted,
  type SessionCompleted,
  type SessionStarted,
  workersCard,
} from '@open-cpo/contracts';
import { type BatchEvent, isOf } from '@open-cpo/events';

/** What a batch of events says of one session, ready for its row. */
export interface ReceivedSession {
  readonly session_id: string;
  start?: SessionStarted;
  startMeta?: EventMeta;
  /** One that was reported, or else one that was assumed. */
  end?: SessionCompleted;
  endMeta?: EventMeta;
  /** By ISO moment; the highest register of a moment. */
  readonly readings: Map<string, number>;
}

const momentOf = (time: string): string => new Date(time).toISOString();

/** Whether the stream stored an event before another one; where that is not known, the other one was first. */
export const isEarlier = (one: EventMeta | undefined, other: number | string | null | undefined): boolean =>
  one?.storedAt !== undefined && other !== undefined && other !== null && one.storedAt < Number(other);

/** Brings the events of each session together. Of two starts or two ends the first that was received counts. */
export function mergeBySession(events: readonly BatchEvent[]): ReceivedSession[] {
  const sessions = new Map<string, ReceivedSession>();
  const about = (session_id: string): ReceivedSession => {
    const session = sessions.get(session_id) ?? { session_id, readings: new Map<string, number>() };
    sessions.set(session_id, session);
    return session;
  };
  for (const event of events) {
    if (isOf(event, sessionStarted)) {
      const session = about(event.payload.session_id);
      if (!session.start || isEarlier(event.meta, session.startMeta?.storedAt)) {
        Object.assign(session, { start: event.payload, startMeta: event.meta });
      }
    } else if (isOf(event, sessionCompleted)) {
      const session = about(event.payload.session_id);
      if (takesPlace(event, session)) Object.assign(session, { end: event.payload, endMeta: event.meta });
    } else if (isOf(event, sessionMetered)) {
      const { session_id, time, meter_wh } = event.payload;
      const { readings } = about(session_id);
      readings.set(momentOf(time), Math.max(meter_wh, readings.get(momentOf(time)) ?? meter_wh));
    }
  }
  return [...sessions.values()];
}

/** Whether an end counts instead of the one before: one that was reported does, and of two alike the first that was received; of assumed ones the last. */
function takesPlace(
  { payload, meta }: { readonly payload: SessionCompleted; readonly meta: EventMeta },
  { end, endMeta }: ReceivedSession,
): boolean {
  if (!end || isAssumed(payload) !== isAssumed(end)) return !end || isAssumed(end);
  return isEarlier(meta, endMeta?.storedAt) !== isAssumed(end);
}

/** Whether an end is what the back end has concluded: it ends the session as silence does. */
export const isAssumed = ({ assumed }: SessionCompleted): boolean => assumed === true;

/** The row's columns. */
export const sessionColumns = ({ session_id, start, startMeta, end, endMeta }: ReceivedSession): object => ({
  session_id,
  ...(start ? startColumns(start) : { card: 'none' }),
  start_event_id: startMeta?.eventId ?? null,
  start_stored_at: startMeta?.storedAt ?? null,
  ...(end ? endColumns(end) : { ended_at: null, end_wh: null }),
  end_event_id: endMeta?.eventId ?? null,
  end_stored_at: endMeta?.storedAt ?? null,
});

export function endColumns(end: SessionCompleted) {
  const [at, end_wh] = [momentOf(end.time), registerOf(end)];
  return isAssumed(end) ? { ended_at: null, end_wh, silent_at: at } : { ended_at: at, end_wh };
}

/** A charger that does not know its register says -1, or something that no meter shows. */
const registerOf = ({ meter_wh: wh }: SessionCompleted): number | null =>
  typeof wh === 'number' && wh >= 0 && wh <= MOST_WH ? wh : null;

export function startColumns(start: SessionStarted) {
  const { charge_point_id, token, connector_number, driver_id, rfid, time } = start;
  const payment = start.payment ?? 'electronic';
  const requested_quantity = start.requested_quantity ?? 'FULL';
  const card = rfid ? workersCard(rfid) : undefined;
  return {
    started_at: momentOf(time),
    charge_point_id,
    token,
    connector_number,
    driver_id,
    rfid: card ?? rfid,
    payment,
    requested_quantity,
    requested_unit: requested_quantity === 'FULL' ? null : (start.unit ?? null),
    // Unknown is not 0: the meter may have counted for years.
    start_wh: start.meter_wh ?? null,
    // A card that no worker can have needs no lookup.
    card: payment === 'cash' && card ? 'pending' : 'none',
  };
}
