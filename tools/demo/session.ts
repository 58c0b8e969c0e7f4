import {
  type DomainEvent,
  type FeedbackSubmitted,
  feedbackSubmitted,
  sessionCompleted,
  sessionMetered,
  type SessionStarted,
  sessionStarted,
} from '@open-cpo/contracts';

/** A session as it really was. */
export interface DemoSession {
  readonly id: string;
  readonly token: string;
  readonly connector: number | null;
  readonly driver: number | null;
  /** A worker's card, where it was paid in cash. */
  readonly rfid: string | null;
  readonly begin: Date;
  readonly minutes: number;
  readonly kilowatts: number;
  readonly requested: string;
  readonly feedback?: { readonly rating: string; readonly message: string; readonly minutesLater: number };
}

/** An event on its way, with its own name: told twice, it counts once. */
export interface DemoEvent {
  readonly id: string;
  readonly domainEvent: DomainEvent<unknown>;
  readonly payload: object;
  readonly at: Date;
}

const MINUTE = 60_000;
/** Minutes between two readings. */
const READING = 15;

const later = (from: Date, minutes: number): Date => new Date(from.getTime() + Math.round(minutes * MINUTE));
const wattHours = (session: DemoSession, minutes: number): number =>
  Math.round((session.kilowatts * 1000 * minutes) / 60);

/** What a charging back end tells of a session. */
export function eventsOf(session: DemoSession): DemoEvent[] {
  const { id: session_id, begin, minutes } = session;
  const about = { version: 1, session_id };
  const event = (name: string, domainEvent: DomainEvent<unknown>, at: Date, payload: object): DemoEvent => ({
    id: `${session_id}-${name}`,
    domainEvent,
    payload: { ...about, ...payload, time: at.toISOString() },
    at,
  });
  const readings = Array.from({ length: Math.ceil(minutes / READING) - 1 }, (_, index) => (index + 1) * READING);
  return [
    event('start', sessionStarted, begin, startOf(session)),
    ...readings.map((minute) =>
      event(`meter-${minute}`, sessionMetered, later(begin, minute), { meter_wh: wattHours(session, minute) }),
    ),
    event('end', sessionCompleted, later(begin, minutes), { meter_wh: wattHours(session, minutes) }),
    ...feedbackOf(session).map(({ at, ...payload }) => event('feedback', feedbackSubmitted, at, payload)),
  ];
}

const startOf = ({ token, connector, driver, rfid, requested }: DemoSession): Partial<SessionStarted> => ({
  token,
  connector_number: connector,
  driver_id: driver,
  rfid,
  payment: rfid === null ? 'electronic' : 'cash',
  requested_quantity: requested,
  meter_wh: 0,
});

type Written = Pick<FeedbackSubmitted, 'driver_id' | 'rating' | 'message'> & { readonly at: Date };

function feedbackOf({ begin, minutes, driver, feedback }: DemoSession): Written[] {
  if (!feedback || driver === null) return [];
  const { rating, message, minutesLater } = feedback;
  return [{ driver_id: driver, rating, message, at: later(begin, minutes + minutesLater) }];
}
