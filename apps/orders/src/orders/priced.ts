import { priceSession } from '@open-cpo/pricing';
import type Big from 'big.js';
import type { Tariff } from '../charge-points/tariff';
import type { StoredSlice } from './order';

export interface Ended {
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** kWh. */
  readonly energy: Big;
  /** Since the beginning, oldest first. */
  readonly meterValues: readonly { readonly at: Date; readonly wh: Big }[];
  readonly tariff: Tariff;
}

export interface Priced {
  readonly quantity: string;
  readonly total: string;
  /** The one price that was in force, else the base price. */
  readonly unitPrice: string;
  /** None where the base price alone was in force. */
  readonly slices: readonly StoredSlice[];
}

/** Prices a session by the tariff that its order keeps. */
export function priced({ startedAt, endedAt, energy, meterValues, tariff }: Ended): Priced {
  const { limit_type: type, limit_value: value } = tariff;
  const { quantity, slices, total } = priceSession({
    startedAt,
    endedAt,
    energyWh: energy.times(1000).toFixed(),
    meterValues: meterValues.map(({ at, wh }) => ({ at, energyWh: wh.toFixed() })),
    unit: tariff.unit,
    timeZone: tariff.time_zone,
    basePrice: tariff.base_usd,
    ranges: tariff.ranges.map(({ id, price_usd, starting, ending }) => ({ id, price: price_usd, starting, ending })),
    limit: type && value > 0 ? { type, value: String(value) } : null,
  });
  const prices = new Set(slices.map(({ price }) => price));
  const plain = slices.every(({ rangeId }) => rangeId === null);
  return {
    quantity,
    total,
    unitPrice: prices.size === 1 ? ([...prices][0] ?? tariff.base_usd) : tariff.base_usd,
    slices: plain ? [] : slices.map(({ rangeId: _, ...slice }) => slice),
  };
}
