import type { LocalClock } from './local-clock';
import type { PriceRange } from './session';
import { closingMinute, DAY_MINUTES, minuteOfDay } from './time-of-day';

/** A stretch of time with one price; in ms since 1970, `to` not included. */
export interface Period {
  readonly range: PriceRange | null;
  readonly from: number;
  readonly to: number;
}

/** The wall clock alone decides: an hour that comes twice costs twice, one that is left out costs nothing. */
function rangeAt(minute: number, ranges: readonly PriceRange[]): PriceRange | null {
  const holds = ({ starting, ending }: PriceRange) => minuteOfDay(starting) <= minute && minute < closingMinute(ending);
  return ranges.find(holds) ?? null;
}

/** The stretches of a session, at least one, without gaps. Neighbours differ in their range. */
export function periodsOf(from: number, to: number, clock: LocalClock, ranges: readonly PriceRange[]): Period[] {
  if (ranges.length === 0) return [{ range: null, from, to }];
  const boundaries = boundariesOf(ranges);
  const periods: Period[] = [];
  let at = from;
  do {
    const range = rangeAt(clock.minuteAt(at), ranges);
    const next = Math.min(clock.next(at, boundaries), to);
    const last = periods.at(-1);
    if (last?.range === range && last) periods[periods.length - 1] = { ...last, to: next };
    else periods.push({ range, from: at, to: next });
    at = next;
  } while (at < to);
  return periods;
}

function boundariesOf(ranges: readonly PriceRange[]): number[] {
  const minutes = ranges.flatMap(({ starting, ending }) => [minuteOfDay(starting), closingMinute(ending)]);
  return [...new Set([...minutes, DAY_MINUTES])].sort((a, b) => a - b);
}
