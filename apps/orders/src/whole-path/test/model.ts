import Big from 'big.js';

/**
 * What docs/charging-events.md and docs/prices.md promise, written a second time: simple, slow, and without a line of what it
 * judges. Zones have fixed offsets here.
 */

/** What was drawn (Wh, since the beginning) at moments (ms), the beginning and the end among them. */
export type Drawn = readonly (readonly [at: number, wh: number])[];

export interface Prices {
  readonly unit: 'minutes' | 'energy';
  /** Minutes that the clock of the power center is ahead of UTC. */
  readonly offset: number;
  /** In the owner's currency. */
  readonly base: string;
  /** Minutes of the local day. */
  readonly ranges: readonly { readonly from: number; readonly to: number; readonly price: string }[];
  readonly limitMinutes?: number;
}

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const round = (value: Big, decimals: number): Big => value.round(decimals, Big.roundHalfUp);

/** kWh until a moment: even between two registers, with four decimals. */
function energyUntil(drawn: Drawn, moment: number): Big {
  const next = drawn.findIndex(([at]) => at > moment);
  const [left, right] = [drawn.at(next < 0 ? -1 : Math.max(0, next - 1)), next < 0 ? undefined : drawn[next]];
  if (!left) return new Big(0);
  if (!right) return round(new Big(left[1]).div(1000), 4);
  const part = new Big(right[1] - left[1]).times(moment - left[0]).div((right[0] - left[0]) * 1000);
  return round(new Big(left[1]).div(1000).plus(part), 4);
}

function priceAt(prices: Prices, moment: number): string {
  const minute = (moment + prices.offset * MINUTE) % DAY;
  const range = prices.ranges.find(({ from, to }) => minute >= from * MINUTE && minute < to * MINUTE);
  return range?.price ?? prices.base;
}

/** Moments at which the price may change, the beginning and the end among them. */
function cuts({ offset, ranges }: Prices, begin: number, end: number): number[] {
  const found = new Set([begin, end]);
  for (let day = Math.floor((begin + offset * MINUTE) / DAY); day * DAY - offset * MINUTE <= end; day += 1) {
    for (const minute of ranges.flatMap(({ from, to }) => [from, to])) {
      const at = day * DAY + (minute - offset) * MINUTE;
      if (at > begin && at < end) found.add(at);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** What is sold of a session, and what it costs in the owner's currency. */
export function cost(drawn: Drawn, prices: Prices): { quantity: Big; total: Big } {
  const begin = drawn[0]?.[0] ?? 0;
  const last = drawn.at(-1)?.[0] ?? begin;
  const end = prices.limitMinutes ? Math.min(last, begin + prices.limitMinutes * MINUTE) : last;
  const sold = (moment: number): Big =>
    prices.unit === 'energy' ? energyUntil(drawn, moment) : new Big(Math.floor((moment - begin) / MINUTE));
  let [quantity, total] = [new Big(0), new Big(0)];
  const moments = cuts(prices, begin, end);
  const parts =
    moments.length > 1
      ? moments.slice(1).map((to, at) => [moments[at] ?? begin, to] as const)
      : [[begin, end] as const];
  for (const [from, to] of parts) {
    const part = sold(to).minus(quantity);
    quantity = quantity.plus(part);
    total = total.plus(part.times(priceAt(prices, from)));
  }
  return { quantity, total };
}

/** What the ledger posts for an order: P price, E earning, F flat fee, in USD; `earned`: of the owner, in their currency. */
export interface Money {
  readonly price: Big;
  readonly earning: Big;
  readonly fee: Big;
  readonly priceOwn: Big;
  readonly earningOwn: Big;
}

export function moneyOf(
  total: Big,
  terms: { readonly rate: string; readonly share: string; readonly fee: string },
): Money {
  const earning = total.times(terms.share);
  const usd = (amount: Big): Big => round(amount.div(terms.rate), 8);
  return {
    price: usd(total),
    earning: usd(earning),
    fee: new Big(terms.fee),
    priceOwn: round(total, 8),
    earningOwn: round(earning, 8),
  };
}
