import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { earnedOf, Transactions } from '@open-cpo/persistence';
import { OrdersConfig } from '../config';

const EARNED = earnedOf(`'USD'`, 'trim_scale(sum(earning_usd))', 'trim_scale(sum(earning_usd))');

/** Orders over a year, spread over the account's power centers; at 10 US cents a minute. */
const LOAD = `
  with points as (
    select array_agg(id order by id) as ids, array_agg(time_zone order by id) as zones, count(*)::int as number
    from charge_points where account_id = $1 and removed_at is null
  ), drawn as (
    select 1 + floor(random() * number)::int as place, now() - random() * interval '365 days' as begin,
      5 + floor(random() * 180) as minutes, ids, zones
    from points, generate_series(1, $2) where number > 0
  ), added as (
    insert into orders (session_id, account_id, charge_point_id, user_id, payment, unit, requested_quantity, status,
      revision, closed_by, tariff, prices, charging_session_time, charging_session_energy, quantity, unit_price_usd,
      price_usd, fees_usd, earning_usd, earning_rate, currency, rate, day, feedback_exist, delivered_at, created_at,
      updated_at)
    select 'bulk-' || gen_random_uuid(), $1, ids[place], 1000 + floor(random() * 5000)::int, 'electronic', 'minutes',
      '60', 1, 1, 'event', json_build_object('unit', 'minutes', 'time_zone', zones[place], 'base_usd', '0.1',
      'ranges', '[]'::json, 'limit_type', null, 'limit_value', 0), '[]', minutes, minutes * 0.12, minutes, 0.1,
      minutes * 0.1, 0, minutes * 0.085, 0.85, 'USD', 1,
      ((begin + minutes * interval '1 minute') at time zone zones[place])::date, false,
      begin + minutes * interval '1 minute', begin, begin + minutes * interval '1 minute'
    from drawn returning charge_point_id, day, earning_usd
  ), days as (
    insert into charge_point_days as d (charge_point_id, day, orders, earnings_usd, earned)
    select charge_point_id, day, count(*), sum(earning_usd), ${EARNED} from added group by 1, 2 order by 1, 2
    on conflict (charge_point_id, day) do update
      set orders = d.orders + excluded.orders, earnings_usd = d.earnings_usd + excluded.earnings_usd,
        earned = add_earned(d.earned, excluded.earned)
  ), totals as (
    insert into charge_point_totals as t (charge_point_id, account_id, orders, earnings_usd, earned)
    select charge_point_id, $1, count(*), sum(earning_usd), ${EARNED} from added group by 1 order by 1
    on conflict (charge_point_id) do update
      set orders = t.orders + excluded.orders, earnings_usd = t.earnings_usd + excluded.earnings_usd,
        earned = add_earned(t.earned, excluded.earned)
  )
  insert into account_totals as t (account_id, orders, feedback) select $1, count(*), 0 from added
  on conflict (account_id) do update set orders = t.orders + excluded.orders
  returning (select count(*)::int from added) as loaded`;

/** Many orders at once, for measuring. */
@Injectable()
export class Bulk {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: OrdersConfig,
  ) {}

  async load(accountId: number, count: number): Promise<number> {
    if (this.config.production) throw new Refusal('forbidden');
    const [row] = await this.transactions.query<{ loaded: number }>(LOAD, [accountId, count]);
    return row?.loaded ?? 0;
  }
}
