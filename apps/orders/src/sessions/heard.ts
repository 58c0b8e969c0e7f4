import {
  MOST_WH,
  sessionCompleted,
  sessionMetered,
  sessionStarted,
  type SessionCompleted,
  type SessionStarted,
  workersCard,
} from '@open-cpo/contracts';
import { type BatchEvent, isOf } from '@open-cpo/messaging';

/** What a batch of events says of one session, ready for its row. */
export interface Heard {
  readonly session_id: string;
  start?: SessionStarted;
  end?: SessionCompleted;
  /** By ISO moment; the highest register of a moment. */
  readonly readings: Map<string, number>;
}

const momentOf = (time: string): string => new Date(time).toISOString();

/** Brings the events of each session together. Of two beginnings or two ends the first that was heard of counts. */
export function heardIn(events: readonly BatchEvent[]): Heard[] {
  const sessions = new Map<string, Heard>();
  const about = (session_id: string): Heard => {
    const heard = sessions.get(session_id) ?? { session_id, readings: new Map<string, number>() };
    sessions.set(session_id, heard);
    return heard;
  };
  for (const event of events) {
    if (isOf(event, sessionStarted)) {
      const heard = about(event.payload.session_id);
      heard.start ??= event.payload;
    } else if (isOf(event, sessionCompleted)) {
      const heard = about(event.payload.session_id);
      heard.end ??= event.payload;
    } else if (isOf(event, sessionMetered)) {
      const { session_id, time, meter_wh } = event.payload;
      const { readings } = about(session_id);
      readings.set(momentOf(time), Math.max(meter_wh, readings.get(momentOf(time)) ?? meter_wh));
    }
  }
  return [...sessions.values()];
}

/** The row's columns. */
export const sessionColumns = ({ session_id, start, end }: Heard): object => ({
  session_id,
  ...(start ? startColumns(start) : { card: 'none' }),
  ended_at: end ? momentOf(end.time) : null,
  end_wh: end ? registerOf(end) : null,
});

/** A charger that does not know its register says -1, or something that no meter shows. */
const registerOf = ({ meter_wh: wh }: SessionCompleted): number | null =>
  typeof wh === 'number' && wh >= 0 && wh <= MOST_WH ? wh : null;

function startColumns(start: SessionStarted): object {
  const { charge_point_id, token, connector_number, driver_id, rfid, time } = start;
  const payment = start.payment ?? 'electronic';
  const card = rfid ? workersCard(rfid) : undefined;
  return {
    started_at: momentOf(time),
    charge_point_id,
    token,
    connector_number,
    driver_id,
    rfid: card ?? rfid,
    payment,
    requested_quantity: start.requested_quantity ?? 'FULL',
    // Unknown is not 0: the meter may have counted for years.
    start_wh: start.meter_wh ?? null,
    // A card that no worker can have is nobody's, without asking.
    card: payment === 'cash' && card ? 'pending' : 'none',
  };
}
