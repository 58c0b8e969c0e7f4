import { toUsd } from '@open-cpo/persistence';
import Big from 'big.js';
import type { EnteredPrice, Tariff } from '../charge-points/tariff';

/** The currency that an order is settled in, and its units for one US dollar; both are frozen when it is completed. */
export interface Settlement {
  readonly currency: string;
  readonly rate: string;
}

/** In its own currency a price is what was entered, whatever the rate table has become; in another it goes by dollars. */
export function unitPrice({ usd, amount, currency }: EnteredPrice, to: Settlement): string {
  if (amount !== null && currency === to.currency) return amount;
  return new Big(usd).times(to.rate).toFixed();
}

/** A tariff whose prices are amounts in one currency. */
export function pricesIn(tariff: Tariff, to: Settlement) {
  const { base_usd: usd, base_amount = null, base_currency = null } = tariff;
  return {
    base: unitPrice({ usd, amount: base_amount, currency: base_currency }, to),
    ranges: tariff.ranges.map(({ id, price_usd, amount = null, currency = null, starting, ending }) => ({
      id,
      price: unitPrice({ usd: price_usd, amount, currency }, to),
      starting,
      ending,
    })),
  };
}

export const usdOf = (amount: string, { rate }: Settlement): string => toUsd(amount, rate);
