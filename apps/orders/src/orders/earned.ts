import type { Earned } from '@open-cpo/persistence';
import Big from 'big.js';
import type { OrderRow } from './order';

/** Sums by the currency that orders were settled in; grows and shrinks with them. */
export class EarnedSums {
  private readonly sums = new Map<string, { usd: Big; amount: Big }>();

  add(currency: string, usd: Big, amount: Big): void {
    const known = this.sums.get(currency) ?? { usd: new Big(0), amount: new Big(0) };
    this.sums.set(currency, { usd: known.usd.plus(usd), amount: known.amount.plus(amount) });
  }

  addAll(other: EarnedSums): void {
    for (const [currency, { usd, amount }] of other.sums) this.add(currency, usd, amount);
  }

  /** As it is stored: a currency of which nothing is left is left out. */
  toJSON(): Earned {
    const left = [...this.sums].filter(([, { usd, amount }]) => !usd.eq(0) || !amount.eq(0));
    return Object.fromEntries(left.map(([currency, { usd, amount }]) => [currency, [usd.toFixed(), amount.toFixed()]]));
  }
}

/** The earning of a completed order in the currency that it was settled in, at its own rate. */
export function ownEarning(order: OrderRow): { readonly currency: string; readonly amount: Big } | undefined {
  const { currency, rate, earning_usd, earning_amount, amounts_currency } = order;
  if (currency === null || rate === null) return undefined;
  if (amounts_currency === currency && earning_amount !== null) return { currency, amount: new Big(earning_amount) };
  return { currency, amount: new Big(earning_usd).times(rate).round(8, Big.roundHalfUp) };
}
