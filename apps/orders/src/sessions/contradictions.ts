import { sessionCompleted, sessionStarted, type SessionCompleted, type SessionStarted } from '@open-cpo/contracts';
import { type BatchEvent, isOf, type RejectedEvent } from '@open-cpo/messaging';
import { sessionIdOf } from '../back-ends/session-key';
import type { SessionRow } from './session';

/** Milliseconds within which a beginning or an end that is told again is the same one. */
const SAME_MS = 60_000;
/** Wh within which a register is the same. */
const SAME_WH = 1;

/**
 * Events that say another thing of a session than what was heard first: its id was used twice, or somebody is wrong.
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
  return row?.ended_at ? otherEnd(event.payload, row, row.ended_at) : undefined;
}

function otherStart(start: SessionStarted, row: SessionRow, startedAt: Date): string | undefined {
  const differs = [
    ...(apart(start.time, startedAt) ? [`time: it began at ${startedAt.toISOString()}`] : []),
    ...other('charge_point_id', start.charge_point_id, row.charge_point_id),
    ...other('token', start.token, row.token),
    ...other('connector_number', start.connector_number, row.connector_number),
  ];
  return sentence(start.session_id, differs);
}

function otherEnd(end: SessionCompleted, row: SessionRow, endedAt: Date): string | undefined {
  const { meter_wh: wh } = end;
  const register = typeof wh === 'number' && row.end_wh !== null && Math.abs(wh - Number(row.end_wh)) > SAME_WH;
  const differs = [
    ...(apart(end.time, endedAt) ? [`time: it ended at ${endedAt.toISOString()}`] : []),
    ...(register ? [`meter_wh: it ended at ${row.end_wh}`] : []),
  ];
  return sentence(end.session_id, differs);
}

const apart = (time: string, known: Date): boolean => Math.abs(new Date(time).getTime() - known.getTime()) > SAME_MS;

const other = <T>(field: string, told: T | null | undefined, known: T | null): string[] =>
  told !== null && told !== undefined && known !== null && told !== known ? [`${field}: it is ${String(known)}`] : [];

const sentence = (session: string, differs: readonly string[]): string | undefined =>
  differs.length === 0
    ? undefined
    : `The session ${sessionIdOf(session)} was told otherwise before: ${differs.join('; ')}.`;
