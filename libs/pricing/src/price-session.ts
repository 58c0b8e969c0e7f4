import Big from 'big.js';
import { EnergyFlow } from './energy-flow';
import { LocalClock } from './local-clock';
import { type Period, periodsOf } from './periods';
import type { PricedSession, Session, Slice } from './session';
import { clockText, DAY_MINUTES } from './time-of-day';

const MINUTE = 60_000;
const WH_PER_KWH = 1000;
const DECIMALS = 4;

/** What was sold from a session's beginning until a moment. */
type Running = (moment: number) => Big;

/**
 * What a session costs: it is cut where a range begins or ends on the power center's clock, and each part has the
 * price that holds there. What is drawn past the session's limit is not sold. A session that ends before it begins
 * has no time in it.
 * @throws RangeError for a zone that nobody knows
 */
export function priceSession(session: Session): PricedSession {
  const clock = new LocalClock(session.timeZone);
  const begin = session.startedAt.getTime();
  const end = Math.max(begin, session.endedAt.getTime());
  const flow = new EnergyFlow(session, end);
  const sold = soldUntil(session, flow, end);
  const periods = periodsOf(begin, sold.end, clock, session.ranges);
  const slices = slicesOf(periods, sold.running, session.basePrice, clock);
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
function slicesOf(periods: readonly Period[], running: Running, basePrice: string, clock: LocalClock): Slice[] {
  let before = new Big(0);
  return periods.map(({ range, from, to }) => {
    const until = running(to);
    const quantity = until.minus(before);
    before = until;
    const price = new Big(range?.price ?? basePrice);
    return {
      rangeId: range?.id ?? null,
      quantity: quantity.toFixed(DECIMALS),
      price: price.toFixed(),
      total: quantity.times(price).toFixed(),
      startingTime: clockText(clock.minuteAt(from)),
      endingTime: clockText(endMinute(clock.minuteAt(to), from === to)),
    };
  });
}

/** Midnight as the end of something is the end of the day before. */
const endMinute = (minute: number, empty: boolean): number => (minute === 0 && !empty ? DAY_MINUTES - 1 : minute);

/** A slice in which nothing was sold says nothing, unless nothing was sold at all: then it tells the price. */
function withoutEmpty(slices: readonly Slice[]): readonly Slice[] {
  const some = slices.filter(({ quantity }) => Number(quantity) > 0);
  return some.length > 0 ? some : slices.slice(0, 1);
}
