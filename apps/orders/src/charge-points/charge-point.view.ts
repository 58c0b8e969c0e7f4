import type { ChargePointCard, ChargePointFull, ChargePointPrice } from '@open-cpo/contracts';
import { type Earned, earnedIn, fromUsd, s2 } from '@open-cpo/persistence';

/** Who looks: the currency and what a US dollar is worth in it today. */
export interface Viewer {
  /** The user whom the account's power centers belong to. */
  readonly ownerId: number;
  readonly currency: string;
  readonly rate: string;
  /** An integration, by a valid `API-KEY`. */
  readonly integration?: boolean;
}

/** What is joined to each row that shows its power center. */
export interface ChargePointColumns {
  readonly charge_point_id: number;
  /** JSON of a `ChargePointCard`: read when it is shown for the first time. */
  readonly card: string;
  /** JSON of a `ChargePointPrice`. */
  readonly price: string | null;
  readonly total_earnings_usd: string;
  readonly today_usd: string;
  /** JSON of an `Earned`: the same sums at the orders' own rates; null where there are none. */
  readonly total_earned: string | null;
  readonly today_earned: string | null;
}

/** In USD, whatever the power center's price (reference L1571, L2393, L2586). */
const RESERVATION_FEE_USD = '0.50';

/** In its own currency a price is what was entered; the rate table moves it in the others only. */
function priceIn(text: string | null, { currency, rate }: Viewer): string {
  if (text === null) return '0.00';
  const price = JSON.parse(text) as ChargePointPrice;
  return price.currency === currency ? s2(price.amount) : fromUsd(price.usd, rate);
}

const earnings = (usd: string, earned: string | null, { currency, rate }: Viewer): string =>
  earnedIn(usd, earned === null ? null : (JSON.parse(earned) as Earned), currency, rate);

/** The power center as it is now, all 42 documented keys in their order (reference L2337). */
export function chargePointView(row: ChargePointColumns, viewer: Viewer): ChargePointFull {
  const card = JSON.parse(row.card) as ChargePointCard;
  const { total_energy, total_sessions_time, connectors, amenities, price_unit, orders_count, ...rest } = card;
  const { price_usd, is_external, is_in_use, is_reserved, available, ...more } = rest;
  const { next_reservation_near_now, external_details, booked_by_current_user, used_by_current_user, ...basics } = more;
  return {
    ...basics,
    owner_id: viewer.ownerId,
    // Cards that were published by earlier versions have a number here.
    type: basics.type && { ...basics.type, max_power: String(basics.type.max_power) },
    total_earnings: earnings(row.total_earnings_usd, row.total_earned, viewer),
    total_energy,
    total_sessions_time,
    connectors,
    amenities,
    price_unit,
    orders_count,
    price: priceIn(row.price, viewer),
    price_usd,
    is_external,
    is_in_use,
    is_reserved,
    available,
    next_reservation_near_now,
    external_details,
    reservation_fee: fromUsd(RESERVATION_FEE_USD, viewer.rate),
    booked_by_current_user,
    used_by_current_user,
    earning: earnings(row.today_usd, row.today_earned, viewer),
  };
}

/** The columns and joins for it, beside a table that has a `charge_point_id`. */
export const CHARGE_POINT_COLUMNS = `c.card::text as card, c.price::text as price, coalesce(t.earnings_usd, 0) as total_earnings_usd,
  coalesce(d.earnings_usd, 0) as today_usd, t.earned::text as total_earned, d.earned::text as today_earned`;
export const chargePointJoins = (id: string): string => `join charge_points c on c.id = ${id}
  left join charge_point_totals t on t.charge_point_id = c.id
  left join charge_point_days d on d.charge_point_id = c.id and d.day = (now() at time zone c.time_zone)::date`;
