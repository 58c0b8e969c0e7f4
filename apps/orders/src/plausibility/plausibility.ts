import Big from 'big.js';
import type { Flag } from './flags';
import type { Deliverable } from './registers';

/** How far a session may go before an operator has to look at it. */
export interface PlausibilityLimits {
  readonly sessionMaxAgeDays: number;
  readonly sessionMaxDaysBeforePowerCenter: number;
  readonly sessionMaxFutureMinutes: number;
  readonly sessionMaxHours: number;
  /** What a connector may deliver beyond its power. */
  readonly sessionPowerMargin: number;
  /** kW of a connector of which nothing is known. */
  readonly sessionDefaultPowerKw: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Wh that any session may have, however short: registers count in steps. */
const STEP_WH = 1000;

/** Ahead of the platform's clock by more than clocks differ: no statistics could have it yet. */
export const isInFuture = (moment: Date, limits: Pick<PlausibilityLimits, 'sessionMaxFutureMinutes'>): boolean =>
  moment.getTime() > Date.now() + limits.sessionMaxFutureMinutes * MINUTE_MS;

/** A beginning, and what there is to compare it with. */
export interface Beginning {
  readonly startedAt: Date;
  /** Null where unknown. */
  readonly powerCenterSince: Date | null;
  /** Null as long as it is there. */
  readonly powerCenterUntil: Date | null;
  /** Told as the history of another system, of any age. */
  readonly history: boolean;
}

export function judgeStart(
  { startedAt, powerCenterSince, powerCenterUntil, history }: Beginning,
  limits: PlausibilityLimits,
  now: Date,
): Flag[] {
  const flags: Flag[] = [];
  const start = startedAt.getTime();
  const slack = limits.sessionMaxFutureMinutes * MINUTE_MS;
  if (start > now.getTime() + slack) flags.push('start_in_future');
  if (powerCenterUntil && start > powerCenterUntil.getTime() + slack) flags.push('start_after_removal');
  if (history) return flags;
  if (start < now.getTime() - limits.sessionMaxAgeDays * DAY_MS) flags.push('start_too_old');
  const since = powerCenterSince?.getTime();
  if (since !== undefined && start < since - limits.sessionMaxDaysBeforePowerCenter * DAY_MS) {
    flags.push('start_before_power_center');
  }
  return flags;
}

/** A session that is over. */
export interface Ending {
  readonly startedAt: Date;
  /** As it was published; before the beginning where clocks differ. */
  readonly endedAt: Date;
  readonly silent: boolean;
  /** Whether its back end has concluded its end. */
  readonly assumed?: boolean;
  /** Whether it had any reading or register besides that of its beginning. */
  readonly measured: boolean;
  /** Wh; null where unknown. */
  readonly energy: Big | null;
  /** Whether the price depends on the energy. */
  readonly soldByEnergy: boolean;
}

export function judgeEnd(ending: Ending, deliverable: Deliverable, limits: PlausibilityLimits, now: Date): Flag[] {
  const flags: Flag[] = [];
  const elapsed = ending.endedAt.getTime() - ending.startedAt.getTime();
  const slack = limits.sessionMaxFutureMinutes * MINUTE_MS;
  if (ending.endedAt.getTime() > now.getTime() + slack) flags.push('end_in_future');
  if (elapsed < -slack) flags.push('end_before_start');
  if (elapsed > limits.sessionMaxHours * HOUR_MS) flags.push('session_too_long');
  if (ending.assumed) flags.push('end_assumed');
  if (ending.silent) flags.push(ending.measured ? 'ended_by_silence' : 'end_unknown');
  if (ending.energy === null) flags.push(ending.soldByEnergy ? 'energy_unknown' : 'energy_not_measured');
  else if (ending.energy.gt(deliverable(Math.max(0, elapsed)))) flags.push('energy_too_high');
  return flags;
}

/** The catalogue has the power of a kind of plug, which chargers exceed: no connector is judged by less (kW). */
const LEAST_POWER_KW = 11;

/** Wh that a connector can deliver in a time; `powerKw`: null where it is not known. */
export const deliverableAt = (powerKw: number | null, limits: PlausibilityLimits): Deliverable => {
  const kilowatts = powerKw !== null && powerKw > 0 ? Math.max(powerKw, LEAST_POWER_KW) : limits.sessionDefaultPowerKw;
  const whPerMs = new Big(kilowatts).times(1000).times(limits.sessionPowerMargin).div(HOUR_MS);
  return (ms) => whPerMs.times(Math.max(0, ms)).plus(STEP_WH);
};
