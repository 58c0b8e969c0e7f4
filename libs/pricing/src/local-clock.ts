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
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  formats.set(timeZone, made);
  return made;
}

/** A stretch of time in which a zone's clock is ahead of UTC by one `offset`; in ms, `to` not included. */
export interface ClockSegment {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** The local clock of a time zone. Instants are milliseconds since 1970. */
export class LocalClock {
  private readonly format: Intl.DateTimeFormat;

  /** @throws RangeError for an unknown zone */
  constructor(timeZone: string) {
    this.format = formatOf(timeZone);
  }

  /** The minute of the local day, seconds cut off. */
  minuteAt(instant: number): number {
    return minuteOf(instant + this.offsetAt(instant));
  }

  /**
   * Cuts a time span at each change of the offset. `Intl` is asked once a day of the span, because no zone changes its
   * offset and changes it back within a day.
   */
  segments(from: number, to: number): ClockSegment[] {
    const segments: ClockSegment[] = [];
    let begin = from;
    let offset = this.offsetAt(from);
    for (let at = from; at < to;) {
      const next = Math.min(at + DAY, to);
      const changed = this.offsetAt(next);
      if (changed !== offset) {
        const change = this.changeBetween(at, next, offset);
        segments.push({ from: begin, to: change, offset });
        begin = change;
        offset = changed;
      }
      at = next;
    }
    if (begin < to || segments.length === 0) segments.push({ from: begin, to, offset });
    return segments;
  }

  /** What the clock is ahead of UTC, in ms. Independent of the year, which `Intl` writes without its era. */
  private offsetAt(instant: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(instant)) parts[type] = Number(value);
    const { day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const whole = Math.floor(instant / 1000) * 1000;
    const days = day - new Date(instant).getUTCDate();
    // The local date is the day before, the same day or the day after; the first of a month follows its last.
    const ahead = Math.abs(days) > 1 ? -Math.sign(days) : days;
    return ahead * DAY + ((hour * 60 + minute) * 60 + second) * 1000 - inDay(whole);
  }

  /** The first moment with another offset. */
  private changeBetween(before: number, after: number, offset: number): number {
    let [from, to] = [before, after];
    while (to - from > 1) {
      const middle = Math.floor((from + to) / 2);
      if (this.offsetAt(middle) === offset) from = middle;
      else to = middle;
    }
    return to;
  }
}

const inDay = (local: number): number => ((local % DAY) + DAY) % DAY;

/** The minute of the day of a local time in ms. */
export const minuteOf = (local: number): number => Math.floor(inDay(local) / MINUTE);
