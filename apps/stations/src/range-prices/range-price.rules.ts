import type { FieldErrors } from '@open-cpo/contracts';
import { closingMinute, minuteOfDay } from '@open-cpo/pricing';

/** Two times of day, `HH:MM`. */
export interface Times {
  readonly starting: string;
  readonly ending: string;
}

/** Whether any minute belongs to both; where one ends the other may begin. */
export const overlap = (one: Times, other: Times): boolean =>
  minuteOfDay(one.starting) < closingMinute(other.ending) && minuteOfDay(other.starting) < closingMinute(one.ending);

/** What is wrong with the times of a range beside the others of its power center; times that are no times are known. */
export function checkTimes(times: Times, others: readonly Times[], errors: FieldErrors): void {
  if (errors.has('starting_time') || errors.has('ending_time')) return;
  if (minuteOfDay(times.ending) <= minuteOfDay(times.starting)) {
    errors.add('ending_time', 'The ending time must be a date after starting time.');
    return;
  }
  const met = others.find((other) => overlap(times, other));
  if (met) errors.add('starting_time', `The times overlap the range price from ${met.starting} to ${met.ending}.`);
}
