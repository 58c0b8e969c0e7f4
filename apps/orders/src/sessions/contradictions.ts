import {
  sessionCompleted,
  sessionStarted,
  type SessionCompleted,
  type SessionStarted,
  workersCard,
} from '@open-cpo/contracts';
import { type BatchEvent, isOf, type RejectedEvent } from '@open-cpo/events';
import { sessionIdOf } from '../back-ends/session-key';
import { isAssumed } from './merge-by-session';
import type { SessionRow } from './session';

/** Milliseconds within which a repeated beginning or end is the same one. */
const SAME_MS = 60_000;
/** Wh within which a register is the same. */
const SAME_WH = 1;

/**
 * Events that contradict the first ones of a session: its id was used twice, or one of them is wrong.
 * A repetition is none, and neither is what names the same power center in another way.
 */
export function contradictions(events: readonly BatchEvent[], rows: readonly SessionRow[]): RejectedEvent[] {
  const known = new Map(rows.map((row) => [row.session_id, row]));
  return events.flatMap((event) => {
    const reason = reasonOf(event, known);
    return reason === undefined ? [] : [{ eventId: event.meta.eventId, reason }];
  });
}

function reasonOf(event: BatchEvent, known: ReadonlyMap<string, SessionRow>): string | undefined {
  if (isOf(event, sessionStarted)) {
    const row = known.get(event.payload.session_id);
    return row?.started_at ? otherStart(event.payload, row, row.started_at) : undefined;
  }
  if (!isOf(event, sessionCompleted)) return undefined;
  const row = known.get(event.payload.session_id);
  return row?.ended_at && !isAssumed(event.payload) ? otherEnd(event.payload, row, row.ended_at) : undefined;
}

function otherStart(start: SessionStarted, row: SessionRow, startedAt: Date): string | undefined {
  const differs = [
    ...(apart(start.time, startedAt) ? [`time: it began at ${startedAt.toISOString()}`] : []),
    ...other('charge_point_id', start.charge_point_id, row.charge_point_id),
    ...other('token', start.token, row.token),
    ...other('connector_number', start.connector_number, row.connector_number),
    ...other('driver_id', start.driver_id, row.driver_id),
    ...other('rfid', start.rfid ? (workersCard(start.rfid) ?? start.rfid) : undefined, row.rfid),
    ...other('payment', start.payment, row.payment),
    ...other('requested_quantity', start.requested_quantity, row.requested_quantity),
    ...other('unit', start.unit, row.requested_unit),
    ...(isOtherRegister(start.meter_wh, row.start_wh) ? [`meter_wh: it began at ${row.start_wh}`] : []),
  ];
  return sentence(start.session_id, differs);
}

function otherEnd(end: SessionCompleted, row: SessionRow, endedAt: Date): string | undefined {
  const register = isOtherRegister(end.meter_wh, row.end_wh);
  const differs = [
    ...(apart(end.time, endedAt) ? [`time: it ended at ${endedAt.toISOString()}`] : []),
    ...(register ? [`meter_wh: it ended at ${row.end_wh}`] : []),
  ];
  return sentence(end.session_id, differs);
}

const isOtherRegister = (wh: number | null | undefined, known: string | null): boolean =>
  typeof wh === 'number' && known !== null && Math.abs(wh - Number(known)) > SAME_WH;

const apart = (time: string, known: Date): boolean => Math.abs(new Date(time).getTime() - known.getTime()) > SAME_MS;

const other = <T>(field: string, told: T | null | undefined, known: T | null): string[] =>
  told !== null && told !== undefined && known !== null && told !== known ? [`${field}: it is ${String(known)}`] : [];

const sentence = (session: string, differs: readonly string[]): string | undefined =>
  differs.length === 0
    ? undefined
    : `The session ${sessionIdOf(session)} was told otherwise before: ${differs.join('; ')}.`;
