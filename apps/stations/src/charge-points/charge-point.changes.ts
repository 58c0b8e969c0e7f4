import type { ChangeChargePoint } from '@open-cpo/contracts';
import { s2, toUsd } from '@open-cpo/persistence';
import type { Rates } from '../money/rates';
import type { ChargePointEntity } from './charge-point.entity';
import type { PriceColumns, WholeRow } from './charge-point.rows';
import { timeZoneAt } from './time-zone';

export type Changes = Partial<ChargePointEntity>;

const NO_PRICE: PriceColumns = { price_amount: null, price_currency: null, price_usd: null };

/** The currency a request speaks of: its own, for a price without one the caller's, else that of the price there is. */
export function currencyOf({ price, price_currency }: ChangeChargePoint, old: PriceColumns, ofCaller: string): string {
  if (price_currency) return price_currency.toUpperCase();
  return price === undefined ? (old.price_currency ?? ofCaller) : ofCaller;
}

/** The price is kept as it was entered, beside what it is worth in USD today. */
function priceChanges(input: ChangeChargePoint, old: WholeRow, ofCaller: string, rates: Rates): Changes {
  const { price, price_currency } = input;
  if (price === null) return NO_PRICE;
  const amount = price ?? (price_currency ? old.price_amount : null);
  if (amount === null) return {};
  const currency = currencyOf(input, old, ofCaller);
  return { price_amount: s2(amount), price_currency: currency, price_usd: toUsd(amount, rates.rateOf(currency)) };
}

/** Moving a power center moves its clock from now on, unless a request has set that. */
function placeChanges(input: ChangeChargePoint, old: WholeRow, zoneOfAccount: string): Changes {
  const { latitude = old.latitude, longitude = old.longitude, time_zone } = input;
  const moved = input.latitude !== undefined || input.longitude !== undefined;
  if (!moved && time_zone === undefined) return {};
  const place = { latitude, longitude };
  if (time_zone) return { ...place, time_zone, time_zone_set: true };
  if (time_zone === undefined && old.time_zone_set) return place;
  return { ...place, time_zone: timeZoneAt(latitude, longitude, zoneOfAccount), time_zone_set: false };
}

const TAKEN_OVER = [
  'title',
  'description',
  'address_line_1',
  'address_line_2',
  'address_line_3',
  'zipcode',
  'city',
  'state',
  'contact_number',
  'open_time',
  'close_time',
  'category',
  'price_unit',
  'session_limit_type',
  'listed',
] as const satisfies readonly (keyof ChangeChargePoint & keyof WholeRow)[];

export interface ChangeContext {
  readonly currency: string;
  readonly timeZone: string;
  readonly rates: Rates;
}

/** The columns that a valid request changes, and to what; those that stay as they are do not appear. */
export function changesOf(input: ChangeChargePoint, old: WholeRow, around: ChangeContext): Changes {
  const { type, session_limit_value } = input;
  const wanted: Record<string, unknown> = {
    ...Object.fromEntries(TAKEN_OVER.filter((name) => input[name] !== undefined).map((name) => [name, input[name]])),
    ...placeChanges(input, old, around.timeZone),
    ...priceChanges(input, old, around.currency, around.rates),
    ...(type === undefined ? {} : { charge_point_type_id: type }),
    ...(session_limit_value === undefined ? {} : { session_limit_value: session_limit_value ?? 0 }),
  };
  const before = old as unknown as Record<string, unknown>;
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => value !== before[name]));
}
