import { priceSession, type Slice } from '@open-cpo/pricing';
import Big from 'big.js';
import type { Tariff } from '../charge-points/tariff';
import { pricesIn, type Settlement, usdOf } from './in-currency';
import type { StoredSlice } from './order';

export interface Ended {
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** kWh. */
  readonly energy: Big;
  /** Since the beginning, oldest first. */
  readonly meterValues: readonly { readonly at: Date; readonly wh: Big }[];
  readonly tariff: Tariff;
  readonly settlement: Settlement;
}

export interface Priced {
  readonly quantity: string;
  /** In the currency of the settlement, exact; so is the price of a unit. */
  readonly total: string;
  /** The one price that was in force, else the base price. */
  readonly unitPrice: string;
  /** None where the base price alone was in force. Totals are exact. */
  readonly slices: readonly StoredSlice[];
}

/** Prices a session by the tariff that its order keeps, in the currency that its order is settled in. */
export function priced({ startedAt, endedAt, energy, meterValues, tariff, settlement }: Ended): Priced {
  const { limit_type: type, limit_value: value } = tariff;
  const { base, ranges } = pricesIn(tariff, settlement);
  const { quantity, slices, total } = priceSession({
    startedAt,
    endedAt,
    energyWh: energy.times(1000).toFixed(),
    meterValues: meterValues.map(({ at, wh }) => ({ at, energyWh: wh.toFixed() })),
    unit: tariff.unit,
    timeZone: tariff.time_zone,
    basePrice: base,
    ranges,
    limit: type && value > 0 ? { type, value: String(value) } : null,
  });
  const prices = new Set(slices.map(({ price }) => price));
  const plain = slices.every(({ rangeId }) => rangeId === null);
  return {
    quantity,
    total,
    unitPrice: prices.size === 1 ? ([...prices][0] ?? base) : base,
    slices: plain ? [] : slices.map(({ rangeId: _, ...slice }) => stored(slice, settlement)),
  };
}

/** In USD, with the amounts of the order's own currency beside. */
const stored = (slice: Omit<Slice, 'rangeId'>, settlement: Settlement): StoredSlice => ({
  ...slice,
  price: trimmed(usdOf(slice.price, settlement)),
  total: trimmed(usdOf(slice.total, settlement)),
  price_amount: slice.price,
  total_amount: slice.total,
});

const trimmed = (amount: string): string => new Big(amount).toFixed();
