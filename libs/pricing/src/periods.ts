import { type LocalClock, minuteOf } from './local-clock';
import type { PriceRange } from './session';
import { closingMinute, DAY_MINUTES, minuteOfDay } from './time-of-day';

const MINUTE = 60_000;
const DAY = DAY_MINUTES * MINUTE;

/** A stretch of time with one price; in ms since 1970, `to` not included. */
export interface Period {
  readonly range: PriceRange | null;
  readonly from: number;
  readonly to: number;
  /** The minute of the local day at which it begins. */
  readonly fromMinute: number;
}

/** A part of every local day, until a minute that is not included. */
interface DayPart {
  readonly range: PriceRange | null;
  readonly until: number;
}

/**
 * The periods of a session, at least one, without gaps. Neighbours differ in their range. The local clock alone decides:
 * an hour that comes twice costs twice, one that is left out costs nothing. Between two changes of the clock this is
 * arithmetic over days, which costs the same in any zone and year.
 */
export function periodsOf(from: number, to: number, clock: LocalClock, ranges: readonly PriceRange[]): Period[] {
  const parts = dayPartsOf(ranges);
  const periods: Period[] = [];
  for (const segment of clock.segments(from, to)) {
    let local = segment.from + segment.offset;
    const end = segment.to + segment.offset;
    do {
      const midnight = Math.floor(local / DAY) * DAY;
      const part = parts.find(({ until }) => midnight + until * MINUTE > local);
      const next = Math.min(parts.length === 1 ? end : midnight + (part?.until ?? DAY_MINUTES) * MINUTE, end);
      const range = part?.range ?? null;
      const last = periods.at(-1);
      const until = next - segment.offset;
      if (last?.range === range) periods[periods.length - 1] = { ...last, to: until };
      else periods.push({ range, from: local - segment.offset, to: until, fromMinute: minuteOf(local) });
      local = next;
    } while (local < end);
  }
  return periods;
}

/** The ranges of a day and what lies between them, by time. */
function dayPartsOf(ranges: readonly PriceRange[]): DayPart[] {
  const known = ranges.map((range) => ({
    range,
    starting: minuteOfDay(range.starting),
    ending: closingMinute(range.ending),
  }));
  const minutes = [...new Set([...known.flatMap(({ starting, ending }) => [starting, ending]), DAY_MINUTES])];
  return minutes
    .filter((minute) => minute > 0)
    .sort((a, b) => a - b)
    .map((until, index, all) => {
      const begin = all[index - 1] ?? 0;
      return { until, range: known.find(({ starting, ending }) => starting <= begin && begin < ending)?.range ?? null };
    });
}
