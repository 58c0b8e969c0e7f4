/** What a price is per: a minute, or a kilowatt-hour. */
export type Unit = 'minutes' | 'energy';

/** A price that holds between two times of day, `HH:MM` in the power center's zone; 23:59 is the end of the day. */
export interface PriceRange {
  readonly id: number;
  readonly price: string;
  readonly starting: string;
  readonly ending: string;
}

/** What the meter said: Wh since the session's beginning. */
export interface MeterValue {
  readonly at: Date;
  readonly energyWh: string;
}

/** How far a session is paid for: minutes, or kWh. 0 is no limit. */
export interface SessionLimit {
  readonly type: Unit;
  readonly value: string | number;
}

/** A charging session and the prices in force when it began. Ranges do not overlap. Amounts are decimal texts. */
export interface Session {
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly energyWh: string;
  /** In any order; without any, energy is taken to flow evenly. */
  readonly meterValues?: readonly MeterValue[];
  readonly unit: Unit;
  /** IANA name. */
  readonly timeZone: string;
  /** What holds outside the ranges. */
  readonly basePrice: string;
  readonly ranges: readonly PriceRange[];
  readonly limit?: SessionLimit | null;
}

/** A part of a session that has one price. */
export interface Slice {
  /** The range whose price it is; null for the base price. */
  readonly rangeId: number | null;
  /** Minutes or kWh, four decimals. */
  readonly quantity: string;
  readonly price: string;
  /** Exactly quantity times price. */
  readonly total: string;
  /** Local `HH:MM`. A slice that ends at midnight ends at 23:59, as ranges do. */
  readonly startingTime: string;
  readonly endingTime: string;
}

export interface PricedSession {
  /** Whole minutes, or kWh; four decimals. */
  readonly quantity: string;
  readonly slices: readonly Slice[];
  /** Not rounded. */
  readonly total: string;
}
