import { DAY_MINUTES } from './time-of-day';

const MINUTE = 60_000;
const DAY = DAY_MINUTES * MINUTE;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs much more than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const two = '2-digit';
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  formats.set(timeZone, made);
  return made;
}

/** The clock on the wall of a zone. Instants are milliseconds since 1970. */
export class LocalClock {
  private readonly format: Intl.DateTimeFormat;

  /** @throws RangeError for a zone that nobody knows */
  constructor(timeZone: string) {
    this.format = formatOf(timeZone);
  }

  /** The minute of the local day, seconds cut off. */
  minuteAt(instant: number): number {
    return Math.floor(this.timeOfDay(instant, this.offsetAt(instant)) / MINUTE);
  }

  /**
   * The next moment after `instant` at which the clock comes to one of these minutes of the day, or is put forward or
   * back. `minutes` rise and hold midnight.
   */
  next(instant: number, minutes: readonly number[]): number {
    const offset = this.offsetAt(instant);
    const now = this.timeOfDay(instant, offset);
    const minute = minutes.find((one) => one * MINUTE > now) ?? DAY_MINUTES;
    const reached = instant + minute * MINUTE - now;
    return this.offsetAt(reached) === offset ? reached : this.changeBetween(instant, reached);
  }

  private timeOfDay(instant: number, offset: number): number {
    return (((instant + offset) % DAY) + DAY) % DAY;
  }

  /** What the clock is ahead of UTC, in ms. */
  private offsetAt(instant: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(instant)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
  }

  /** The first moment with another offset; there is one within a day at most. */
  private changeBetween(before: number, after: number): number {
    const offset = this.offsetAt(before);
    let [from, to] = [before, after];
    while (to - from > 1) {
      const middle = Math.floor((from + to) / 2);
      if (this.offsetAt(middle) === offset) from = middle;
      else to = middle;
    }
    return to;
  }
}
