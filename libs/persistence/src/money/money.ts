import Big, { type BigSource } from 'big.js';
import { productOf } from './in-integers';

/** Decimals of a stored USD amount: what was entered in another currency must come back as it was. */
export const USD_DECIMALS = 8;

const round = (value: BigSource, decimals: number): string => {
  const rounded = new Big(value).round(decimals, Big.roundHalfUp);
  // "-0.00" is no amount.
  return (rounded.eq(0) ? new Big(0) : rounded).toFixed(decimals);
};

/** Two decimals, half away from zero: "68.10". */
export const s2 = (value: BigSource): string =>
  (typeof value === 'string' ? productOf(value, '1') : undefined) ?? round(value, 2);

/** Four decimals, half away from zero: "27.0000". */
export const s4 = (value: BigSource): string => round(value, 4);

/** What an amount in a currency is in USD, with eight decimals; `rate` is units of the currency for one USD, above 0. */
export const toUsd = (amount: BigSource, rate: BigSource): string => {
  const exact = new Big(amount).div(positive(rate));
  return round(exact, USD_DECIMALS);
};

/** A USD amount as shown in a currency, two decimals; `rate` is units of the currency for one USD, above 0. */
export function fromUsd(usd: BigSource, rate: BigSource): string {
  const quick =
    typeof usd === 'string' && typeof rate === 'string' && Number(rate) > 0 ? productOf(usd, rate) : undefined;
  return quick ?? s2(new Big(usd).times(positive(rate)));
}

function positive(rate: BigSource): Big {
  const value = new Big(rate);
  if (value.lte(0)) throw new RangeError(`A currency's rate is above 0, not ${value.toString()}.`);
  return value;
}
