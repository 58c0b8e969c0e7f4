import type { ChargePointPrice, ChargePointPricesChanged } from '@open-cpo/contracts';
import type { KnownChargePoint } from './charge-points.repository';
import type { Tariff } from './tariff';

/** A power center's published prices, as orders stores them. */
export const tariffOf = (told: ChargePointPricesChanged): Tariff => ({
  unit: told.price_unit,
  time_zone: told.time_zone,
  base_usd: told.price_usd,
  base_amount: told.price_amount ?? null,
  base_currency: told.price_currency ?? null,
  ranges: told.ranges,
  limit_type: told.session_limit_type,
  limit_value: told.session_limit_value,
});

/** A power center with versions of its prices added that had not been received. */
export function withVersions(known: KnownChargePoint, told: readonly ChargePointPricesChanged[]): KnownChargePoint {
  const added = told.map((version) => ({ from: version.valid_from, tariff: tariffOf(version) }));
  const at = ({ from }: { from: string }): number => new Date(from).getTime();
  return { ...known, tariffs: [...known.tariffs, ...added].sort((a, b) => at(a) - at(b)) };
}

/** Milliseconds within which an owner has set a new power center up. */
const SETTING_UP = 86_400_000;

/**
 * The prices in force at a moment. A session that began before all that we know of (history of another system) goes by
 * those with which the power center was set up: the last ones of its first day here.
 */
export function tariffAt({ tariffs, card, price, time_zone }: KnownChargePoint, moment: Date): Tariff {
  const until = (end: number) => tariffs.filter(({ from }) => new Date(from).getTime() <= end).at(-1);
  const first = tariffs[0] && new Date(tariffs[0].from).getTime();
  const known = until(moment.getTime()) ?? (first === undefined ? undefined : until(first + SETTING_UP));
  if (known) return known.tariff;
  return {
    unit: card.price_unit === 'energy' ? 'energy' : 'minutes',
    time_zone,
    ...basePrice(price),
    ranges: [],
    limit_type: card.session_limit_type === 'energy' ? 'energy' : card.session_limit_type ? 'minutes' : null,
    limit_value: card.session_limit_value,
  };
}

const basePrice = (price: ChargePointPrice | null): Pick<Tariff, 'base_usd' | 'base_amount' | 'base_currency'> =>
  price
    ? { base_usd: price.usd, base_amount: price.amount, base_currency: price.currency }
    : { base_usd: '0', base_amount: null, base_currency: null };

/** The id of a connector by its number; the only one may have none, and who says no number means the first. */
export function connectorOf({ connectors }: KnownChargePoint, number: number | null) {
  const sole = connectors.length === 1 ? connectors[0] : undefined;
  if (number === null) return connectors[0];
  return connectors.find((one) => one.number === number) ?? (sole?.number === null ? sole : undefined);
}
