/** What is implausible of a session so that its order waits for an operator: kept, shown, and no money. */
const HOLDING = [
  /** It began before its power center existed, by more than `SESSION_MAX_DAYS_BEFORE_POWER_CENTER`. */
  'start_before_power_center',
  /** It began after its power center was removed, by more than the clocks of a charger and its back end differ. */
  'start_after_removal',
  /** It began longer ago than `SESSION_MAX_AGE_DAYS`. */
  'start_too_old',
  'start_in_future',
  'end_in_future',
  /** By more than the clocks of a charger and its back end differ. */
  'end_before_start',
  /** Longer than `SESSION_MAX_HOURS`. */
  'session_too_long',
  /** It fell silent without any reading. */
  'end_unknown',
  /** Sold by energy, without two registers that measure it. */
  'energy_unknown',
  /** More than the connector can deliver in the time. */
  'energy_too_high',
  /** A price above `SESSION_MAX_AMOUNT_USD`. */
  'amount_too_high',
] as const;

/** What an operator may want to know of an order that is priced all the same. */
const NOTED = [
  'start_register_unknown',
  /** Missing, or lower than what was read before: the last good reading counts. */
  'end_register_rejected',
  /** A reading that the ones around it contradict was left out. */
  'reading_rejected',
  'meter_restarted',
  'meter_rolled_over',
  /** Readings count from the session's start, not the meter's. */
  'meter_relative',
  /** Sold by the minute: the price does not depend on it. */
  'energy_not_measured',
  'ended_by_silence',
  /** Its back end has concluded its end, of which the charger reported nothing certain. */
  'end_assumed',
  'connector_unknown',
  /** Another session was on the connector at the same time. */
  'connector_overlap',
] as const;

export type Flag = (typeof HOLDING)[number] | (typeof NOTED)[number];

/** Every flag, those that hold an order first. */
export const FLAGS: readonly Flag[] = [...HOLDING, ...NOTED];

const holding: ReadonlySet<string> = new Set(HOLDING);

/** Whether an order waits for an operator. */
export const holds = (flags: readonly string[]): boolean => flags.some((flag) => holding.has(flag));
