import { EARLIEST, type ReadTime, readTime, type TimeQuirk } from './instant';

/** A clock that is off by less is right: messages take time. */
export const CLOCK_TOLERANCE_MS = 60_000;
/** Offsets that are remembered, and how near two messages have to agree to show the same one. */
const REMEMBERED = 8;
const AGREEMENT_MS = 10_000;
/** Between two messages that show by the same offset that they are live: what was queued arrives at once, not as it happened. */
const LIVE_DISTANCE_MS = 60_000;

/** An offset that messages agree on. */
interface Seen {
  /** The least of them. */
  offset: number;
  /** When the first of them arrived. */
  readonly since: number;
}

export type ClockQuirk = TimeQuirk | 'clock_off' | 'time_in_future';

/** When something happened, by our clock. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly at: number;
  /** What the charger said, where it was a time at all. */
  readonly said?: number;
  /** What was added to it. */
  readonly offset: number;
  /** Whether it was reported later than it happened. */
  readonly late: boolean;
  readonly quirk?: ClockQuirk;
}

/**
 * How far the clock of a charger is behind ours. A message can be late, and so can all of a queue that is sent after an
 * interruption; nothing of it comes from the future. Messages that arrive at a distance and are old by the same are those of a
 * clock that is behind.
 */
export class ClockOffset {
  private seen: Seen[] = [];

  /** With what is known from before, in milliseconds. */
  constructor(private known = 0) {}

  /** Milliseconds to add to the charger's times; 0 while its clock is right. */
  get offset(): number {
    return Math.abs(this.known) < CLOCK_TOLERANCE_MS ? 0 : this.known;
  }

  /** What was measured, also within the tolerance. */
  get measured(): number {
    return this.known;
  }

  /** Takes note of when something happened that the charger says was at a time. */
  learn(said: number, at: number): void {
    this.known = at - said;
    this.seen = [{ offset: this.known, since: at }];
  }

  /** Takes note of the time of a message that is sent when it happens, such as a status; after a boot the clock may have been set. */
  observe(text: unknown, receivedAt: number, booted = false): void {
    const { at } = readTime(text);
    if (at === undefined) return;
    if (booted && seemsSet(at, receivedAt, this.offset)) return this.learn(at, receivedAt);
    const agreed = this.agreed(receivedAt - at, receivedAt);
    const isLive = receivedAt - agreed.since >= LIVE_DISTANCE_MS;
    // What was seen before is that of a clock which was set meanwhile.
    if (isLive) this.seen = this.seen.filter(({ since }) => since >= agreed.since);
    const least = Math.min(...this.seen.map(({ offset }) => offset));
    if (least < CLOCK_TOLERANCE_MS || (isLive && agreed.offset === least)) this.known = least;
  }

  private agreed(offset: number, since: number): Seen {
    const found = this.seen.find((one) => Math.abs(one.offset - offset) <= AGREEMENT_MS) ?? { offset, since };
    found.offset = Math.min(found.offset, offset);
    if (!this.seen.includes(found)) this.seen = [...this.seen.slice(1 - REMEMBERED), found];
    return found;
  }
}

/** Whether a clock that was ahead seems to be right now: what waited for as long as it was ahead says the same. */
export const seemsSet = (said: number, receivedAt: number, offset: number): boolean =>
  offset < 0 && Math.abs(receivedAt - said) < CLOCK_TOLERANCE_MS;

/**
 * When a message of a charger happened. Its own time counts where its clock is right, also when the message comes days later;
 * nothing happened after it was received. A time that is none counts as the moment of receipt.
 */
export function momentOf(text: unknown, receivedAt: number, offset: number): Moment {
  const read = readTime(text);
  const { at: said, quirk } = read;
  if (said === undefined) return { at: receivedAt, offset: 0, late: false, quirk };
  if (quirk === 'time_before_2020' && offset === 0) {
    return { at: receivedAt, said, offset: receivedAt - said, late: false, quirk };
  }
  return plausible(read, said + offset, { said, offset, receivedAt });
}

function plausible(
  { quirk }: ReadTime,
  at: number,
  { said, offset, receivedAt }: { readonly said: number; readonly offset: number; readonly receivedAt: number },
): Moment {
  if (at > receivedAt + CLOCK_TOLERANCE_MS) {
    return { at: receivedAt, said, offset: receivedAt - said, late: false, quirk: 'time_in_future' };
  }
  // What was added is that of another message, before whose time the clock was set again.
  if (at < EARLIEST) return { at: receivedAt, said, offset: receivedAt - said, late: false, quirk: 'time_before_2020' };
  const late = receivedAt - at > CLOCK_TOLERANCE_MS;
  const found = quirk ?? (offset === 0 ? undefined : 'clock_off');
  return { at: Math.min(at, receivedAt), said, offset, late, ...(found ? { quirk: found } : {}) };
}
