import {
  sessionCompleted,
  sessionMetered,
  sessionStarted,
  type SessionCompleted,
  type SessionStarted,
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

// Of two different words the earlier one counts, whichever comes first.
const earlier = <T extends { time: string }>(known: T | undefined, told: T): T =>
  known && momentOf(known.time) <= momentOf(told.time) ? known : told;

/** Brings the events of each session together; their order and number do not matter. */
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
      heard.start = earlier(heard.start, event.payload);
    } else if (isOf(event, sessionCompleted)) {
      const heard = about(event.payload.session_id);
      heard.end = earlier(heard.end, event.payload);
    } else if (isOf(event, sessionMetered)) {
      const { session_id, time, meter_wh } = event.payload;
      const { readings } = about(session_id);
      readings.set(momentOf(time), Math.max(meter_wh, readings.get(momentOf(time)) ?? meter_wh));
    }
  }
  return [...sessions.values()];
}

/** The row's columns. */
export function sessionColumns({ session_id, start, end }: Heard): object {
  const payment = start ? (start.payment ?? 'electronic') : null;
  return {
    session_id,
    started_at: start ? momentOf(start.time) : null,
    charge_point_id: start?.charge_point_id ?? null,
    token: start?.token ?? null,
    connector_number: start?.connector_number ?? null,
    driver_id: start?.driver_id ?? null,
    rfid: start?.rfid ?? null,
    payment,
    requested_quantity: start ? (start.requested_quantity ?? 'FULL') : null,
    start_wh: start ? (start.meter_wh ?? 0) : null,
    ended_at: end ? momentOf(end.time) : null,
    end_wh: end?.meter_wh ?? null,
    card: payment === 'cash' && start?.rfid ? 'pending' : 'none',
  };
}
