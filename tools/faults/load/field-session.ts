import type { Json } from './charger-connection';
import type { Misbehaviour, Registers } from './misbehaviour';

/** Of each session, so that all of a charger have one price. */
export const SESSION_WH = 5000;
export const SESSION_MINUTES = 29;
/** Of one that is reported as it happens: within seconds nothing delivers more. */
export const LIVE_WH = 500;
/** A card of the demo's first worker. */
export const CARD = '04A1B2C3';
const MINUTE_MS = 60_000;
/** Of a session whose end was never reported. */
const SILENT_FLAGS = ['end_register_rejected', 'ended_by_silence'];
/** Between the begin of a session and its message. */
const STEP_MS = 100;
const CONNECTOR = 1;

/** What a charger measured of a session, which its order has to say. */
export interface Measured {
  readonly wh: number;
  readonly minutes: number;
  /** By how many minutes the order may differ, where times are those of receipt. */
  readonly slack: number;
  readonly flags: readonly string[];
}

/** Epoch milliseconds of a part of a session. */
export type Course = (part: number) => number;

/** Readings of a session. */
export const READINGS = 2;

/** A session that ended so many milliseconds ago. */
export const pastCourse = (endedAgo = MINUTE_MS): Course => {
  const end = Date.now() - endedAgo;
  return (part) => Math.round(end - (1 - part) * SESSION_MINUTES * MINUTE_MS);
};
/** The n-th of so many sessions of an offline time, which do not overlap. */
export const offlineCourse = (n: number, sessions: number): Course =>
  pastCourse((sessions - n) * (SESSION_MINUTES + 1) * MINUTE_MS);
export const liveCourse: Course = () => Date.now();

/** What a clock that runs from now on says of a moment. */
export function clockOf({ clock, withoutZone }: Misbehaviour): (ms: number) => string {
  const ahead = clock ? Date.parse(clock) - Date.now() : 0;
  return (ms) => {
    const text = new Date(ms + ahead).toISOString();
    return withoutZone ? text.slice(0, -1) : text;
  };
}

/** Registers of a charger whose meter is right. */
export const rightRegisters = (begin: number, wh: number, readings: number): Registers => ({
  begin,
  // Of two, a quarter and three quarters.
  readings: Array.from({ length: readings }, (_, n) => String(Math.round(begin + ((n + 0.5) / readings) * wh))),
  end: begin + wh,
});

/** The messages of a session, in the words of a charger. */
export class FieldSession {
  transactionId = 0;
  /** Readings that were answered. */
  read = 0;
  private readonly began: number;
  private ended?: number;

  constructor(
    private readonly course: Course,
    readonly registers: Registers,
    private readonly said: (ms: number) => string,
    /** Of its energy. */
    readonly wh: number,
  ) {
    this.began = course(0);
  }

  get readings(): number {
    return this.registers.readings.length;
  }

  begin(): Json {
    const { begin } = this.registers;
    return { connectorId: CONNECTOR, idTag: CARD, meterStart: begin, timestamp: this.said(this.began) };
  }

  reading(n: number): Json {
    const { readings, unit } = this.registers;
    const sampledValue = [{ value: readings[n], ...(unit ? { unit } : {}) }];
    const meterValue = [{ timestamp: this.said(this.course(this.partOf(n))), sampledValue }];
    return { connectorId: CONNECTOR, transactionId: this.transactionId, meterValue };
  }

  /** The same whenever it is asked for. */
  end(transactionId = this.transactionId): Json {
    this.ended ??= this.course(1);
    const { end } = this.registers;
    return { transactionId, meterStop: end, timestamp: this.said(this.ended), reason: 'Local' };
  }

  /** A text with what it has to name of this session. */
  filled(text: string): string {
    const amid = this.said(this.course(0.5));
    return text.replaceAll('{transaction}', String(this.transactionId)).replaceAll('{time}', amid);
  }

  measured(slowestMs: number, { clock, flags = [] }: Misbehaviour): Measured {
    const minutes = ((this.ended ?? this.course(1)) - this.began) / MINUTE_MS;
    return { wh: this.wh, minutes, slack: clock ? (slowestMs + STEP_MS) / MINUTE_MS : 0, flags };
  }

  /** As far as its readings go, where its end was never reported. */
  measuredSoFar(): Measured {
    const { begin, readings } = this.registers;
    const minutes = (this.course(this.partOf(this.read - 1)) - this.began) / MINUTE_MS;
    return { wh: Number(readings[this.read - 1]) - begin, minutes, slack: 0, flags: SILENT_FLAGS };
  }

  private partOf(n: number): number {
    return (n + 1) / (this.readings + 1);
  }
}
