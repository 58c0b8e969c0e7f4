import Big from 'big.js';
import { EnergyFlow } from './energy-flow';
import { LocalClock } from './local-clock';
import { type Period, periodsOf } from './periods';
import type { PricedSession, PriceRange, Session, Slice } from './session';
import { clockText, DAY_MINUTES, minuteOfDay } from './time-of-day';

const MINUTE = 60_000;
const WH_PER_KWH = 1000;
const DECIMALS = 4;
/** Slices of an answer; a session with more has one for each range and one for the base price. */
export const MAX_SLICES = 200;
/** The longest session that is priced; what is delivered after that is not sold. */
export const MAX_SESSION_DAYS = 366;
const MAX_SESSION = MAX_SESSION_DAYS * DAY_MINUTES * MINUTE;

/** What was sold from a session's beginning until a moment. */
type Running = (moment: number) => Big;

/**
 * What a session costs: it is cut where a range begins or ends on the power center's clock, and each part has the
 * price that holds there. What is drawn past the session's limit is not sold. A session that ends before it begins
 * has no time in it. The work and the answer are bounded for every input: see `MAX_SESSION_DAYS` and `MAX_SLICES`.
 * @throws RangeError for an unknown zone, or a moment that is no date
 */
export function priceSession(session: Session): PricedSession {
  const clock = new LocalClock(session.timeZone);
  const begin = session.startedAt.getTime();
  const end = Math.min(Math.max(begin, session.endedAt.getTime()), begin + MAX_SESSION);
  if (Number.isNaN(end)) throw new RangeError('A session has a valid beginning and end.');
  const flow = new EnergyFlow(session, end);
  const sold = soldUntil(session, flow, end);
  const periods = periodsOf(begin, sold.end, clock, session.ranges);
  const all = slicesOf(periods, sold.running, session.basePrice, clock.minuteAt(sold.end));
  const slices = all.length > MAX_SLICES ? byRange(all, session.ranges) : all;
  const sum = (part: (slice: Slice) => string): Big => slices.reduce((so, one) => so.plus(part(one)), new Big(0));
  return {
    quantity: sum(({ quantity }) => quantity).toFixed(DECIMALS),
    slices: withoutEmpty(slices),
    total: sum(({ total }) => total).toFixed(),
  };
}

/** Where a session's limit cuts it: at a moment, and at an amount of energy. */
interface Cut {
  readonly at: number;
  readonly wh?: Big;
}

function cutOf({ limit, startedAt }: Session, flow: EnergyFlow, end: number): Cut {
  if (!limit || Number(limit.value) <= 0) return { at: end };
  if (limit.type === 'minutes') return { at: Math.min(end, startedAt.getTime() + Number(limit.value) * MINUTE) };
  const wh = new Big(limit.value).times(WH_PER_KWH);
  return { at: Math.min(end, flow.reaching(wh) ?? end), wh };
}

/** Until when something is sold, and how much of it until each moment. */
function soldUntil(session: Session, flow: EnergyFlow, end: number): { end: number; running: Running } {
  const begin = session.startedAt.getTime();
  const cut = cutOf(session, flow, end);
  const energy: Running = (moment) => {
    const wh = flow.until(moment);
    return (cut.wh?.lt(wh) ? cut.wh : wh).div(WH_PER_KWH).round(DECIMALS, Big.roundHalfUp);
  };
  const minutes: Running = (moment) => new Big(Math.floor((moment - begin) / MINUTE));
  return { end: cut.at, running: session.unit === 'energy' ? energy : minutes };
}

/** Each slice takes the difference of what was sold in whole parts until its end and its beginning: nothing is lost. */
function slicesOf(periods: readonly Period[], running: Running, basePrice: string, lastMinute: number): Slice[] {
  let before = new Big(0);
  return periods.map(({ range, from, to, fromMinute }, index) => {
    const until = running(to);
    const quantity = until.minus(before);
    before = until;
    const price = new Big(range?.price ?? basePrice);
    return {
      rangeId: range?.id ?? null,
      quantity: quantity.toFixed(DECIMALS),
      price: price.toFixed(),
      total: quantity.times(price).toFixed(),
      startingTime: clockText(fromMinute),
      endingTime: clockText(endMinute(periods[index + 1]?.fromMinute ?? lastMinute, from === to || to % MINUTE > 0)),
    };
  });
}

/** One slice for each price, with the times of its range; the base price has the times of the whole day. */
function byRange(slices: readonly Slice[], ranges: readonly PriceRange[]): Slice[] {
  const times = new Map(ranges.map(({ id, starting, ending }) => [id, { starting, ending }]));
  const sums = new Map<number | null, { first: Slice; quantity: Big; total: Big }>();
  for (const slice of slices) {
    const known = sums.get(slice.rangeId) ?? { first: slice, quantity: new Big(0), total: new Big(0) };
    const [quantity, total] = [known.quantity.plus(slice.quantity), known.total.plus(slice.total)];
    sums.set(slice.rangeId, { ...known, quantity, total });
  }
  return [...sums.values()].map(({ first, quantity, total }) => {
    const { starting, ending } = (first.rangeId === null ? undefined : times.get(first.rangeId)) ?? {
      starting: '00:00',
      ending: '23:59',
    };
    return {
      ...first,
      quantity: quantity.toFixed(DECIMALS),
      total: total.toFixed(),
      startingTime: clockText(minuteOfDay(starting)),
      endingTime: clockText(minuteOfDay(ending)),
    };
  });
}

/** Midnight as the end of something is the end of the day before. */
const endMinute = (minute: number, within: boolean): number => (minute === 0 && !within ? DAY_MINUTES - 1 : minute);

/** A slice in which nothing was sold is left out, unless nothing was sold at all: then it shows the price. */
function withoutEmpty(slices: readonly Slice[]): readonly Slice[] {
  const some = slices.filter(({ quantity }) => Number(quantity) > 0);
  return some.length > 0 ? some : slices.slice(0, 1);
}
