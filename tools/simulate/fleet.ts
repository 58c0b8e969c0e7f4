import { randomUUID } from 'node:crypto';
import {
  type ConnectorStatusReported,
  connectorStatus,
  feedbackSubmitted,
  sessionCompleted,
  sessionMetered,
  sessionStarted,
} from '@open-cpo/contracts';
import type { PowerCenter } from '../demo/api';
import type { Random } from '../demo/random';
import type { DemoEvent } from '../demo/session';

/** A connector without a session. */
interface Place {
  readonly powerCenter: PowerCenter;
  readonly number: number | null;
}

interface Running extends Place {
  readonly id: string;
  readonly driver: number;
  readonly kilowatts: number;
  readonly end: number;
  wattHours: number;
  at: number;
}

export interface FleetOptions {
  /** Sessions at once. */
  readonly sessions: number;
  /** Minutes of charging in a minute of ours: sessions are published as if they had begun earlier. */
  readonly speed: number;
}

const RATINGS = ['5', '4.5', '4', '3.5', '3', '2', '1'];

/** Drivers who come, charge and go, forever; each step tells what happened since the last one. */
export class Fleet {
  private readonly free: Place[];
  private readonly running: Running[] = [];

  constructor(
    powerCenters: readonly PowerCenter[],
    private readonly options: FleetOptions,
    private readonly random: Random,
  ) {
    const usable = powerCenters.filter(({ configured }) => configured === 1);
    this.free = usable.flatMap((powerCenter) => powerCenter.connectors.map(({ number }) => ({ powerCenter, number })));
  }

  get charging(): number {
    return this.running.length;
  }

  step(now: number): DemoEvent[] {
    const going = this.running.filter(({ end }) => end > now);
    const over = this.running.filter(({ end }) => end <= now);
    const events = [...going.map((one) => this.meter(one, now)), ...over.flatMap((one) => this.finish(one, now))];
    if (this.running.length < this.options.sessions && this.free.length > 0 && this.random.chance(0.5)) {
      events.push(...this.begin(now));
    }
    return events;
  }

  /** Ends all sessions. */
  stop(now: number): DemoEvent[] {
    return [...this.running].flatMap((one) => this.finish(one, now));
  }

  private begin(now: number): DemoEvent[] {
    const [place] = this.free.splice(this.random.whole(0, this.free.length - 1), 1);
    if (!place) return [];
    const power = place.powerCenter.connectors.find(({ number }) => number === place.number)?.max_power || 7.4;
    const session: Running = {
      ...place,
      id: `sim-${randomUUID()}`,
      driver: 1000 + this.random.whole(1, 140),
      kilowatts: power * this.random.between(0.5, 0.9),
      end: now + this.random.between(45_000, 240_000),
      wattHours: 0,
      at: 0,
    };
    session.at = this.clockOf(session, now);
    this.running.push(session);
    const started = {
      token: place.powerCenter.token,
      connector_number: place.number,
      driver_id: session.driver,
      requested_quantity: 'FULL',
      meter_wh: 0,
    };
    return [event(session, sessionStarted, session.at, started)];
  }

  /** The time of the charger, which is ours when the session ends. */
  private clockOf({ end }: Running, now: number): number {
    return Math.round(Math.min(now, end - (end - now) * this.options.speed));
  }

  private charge(session: Running, now: number): number {
    const at = this.clockOf(session, now);
    session.wattHours += (session.kilowatts * 1000 * (at - session.at)) / 3_600_000;
    session.at = at;
    return Math.round(session.wattHours);
  }

  private meter(session: Running, now: number): DemoEvent {
    const meter_wh = this.charge(session, now);
    return event(session, sessionMetered, session.at, { meter_wh });
  }

  private finish(session: Running, now: number): DemoEvent[] {
    this.running.splice(this.running.indexOf(session), 1);
    this.free.push({ powerCenter: session.powerCenter, number: session.number });
    const meter_wh = this.charge(session, now);
    const events = [event(session, sessionCompleted, session.at, { meter_wh })];
    if (session.number !== null) events.push(left(session, session.number, now));
    if (this.random.chance(0.3)) {
      const rating = this.random.of(RATINGS);
      events.push(event(session, feedbackSubmitted, now, { driver_id: session.driver, rating, message: 'Simulated.' }));
    }
    return events;
  }
}

function event(
  { id: session_id }: Running,
  domainEvent: DemoEvent['domainEvent'],
  now: number,
  payload: object,
): DemoEvent {
  const at = new Date(now);
  return { id: randomUUID(), domainEvent, at, payload: { version: 1, session_id, ...payload, time: at.toISOString() } };
}

/** The charger sees that the cable is gone. */
function left({ powerCenter }: Running, number: number, now: number): DemoEvent {
  const at = new Date(now);
  const about = { version: 1, token: powerCenter.token, connector_number: number, time: at.toISOString() };
  const payload: ConnectorStatusReported = { ...about, status: 'available' };
  return { id: randomUUID(), domainEvent: connectorStatus, at, payload };
}
