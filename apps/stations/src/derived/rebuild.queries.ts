import { earnedOf } from '@open-cpo/persistence';

const ORDER = 'order_id, charge_point_id, stage, day, minutes, energy, earnings_usd, currency, earnings_amount';

/** Removed ones keep their figures as well. */
export const NEXT = 'select id from charge_points where id > $1 order by id limit $2';

/** The orders of one power center are what orders says, whatever we thought. */
export const ORDERS = `
  insert into charge_point_orders as o (${ORDER})
  select ${ORDER} from json_populate_recordset(null::charge_point_orders, $1) order by order_id
  on conflict (order_id) do update set stage = excluded.stage, day = excluded.day, minutes = excluded.minutes,
    energy = excluded.energy, earnings_usd = excluded.earnings_usd, currency = excluded.currency,
    earnings_amount = excluded.earnings_amount
  where (o.stage, o.day, o.minutes, o.energy, o.earnings_usd, o.currency, o.earnings_amount) is distinct from
    (excluded.stage, excluded.day, excluded.minutes, excluded.energy, excluded.earnings_usd, excluded.currency,
      excluded.earnings_amount)`;

/** Orders between two ids that are not among the received ones have been reversed. */
export const TAKEN_BACK = `
  update charge_point_orders set stage = stage + 1
  where charge_point_id = $1 and order_id > $2 and order_id <= $3 and stage % 2 = 0 and order_id <> all($4::int[])`;

export const RATINGS = `
  insert into charge_point_ratings as r (feedback_id, charge_point_id, rating)
  select feedback_id, charge_point_id, rating from json_populate_recordset(null::charge_point_ratings, $1)
  order by feedback_id
  on conflict (feedback_id) do update set rating = excluded.rating where r.rating <> excluded.rating`;

export const UNRATED = `
  delete from charge_point_ratings
  where charge_point_id = $1 and feedback_id > $2 and feedback_id <= $3 and feedback_id <> all($4::int[])`;

/** Days from orders, but for those that are gone. */
export const DAYS = `
  insert into charge_point_days as d (charge_point_id, day, account_id, orders, minutes, energy, earnings_usd, earned)
  select o.charge_point_id, o.day, min(c.account_id), count(*)::int, sum(o.minutes), sum(o.energy), sum(o.earnings_usd),
    sum_earned(${earnedOf('o.currency', 'o.earnings_usd', 'o.earnings_amount')})
  from charge_point_orders o join charge_points c on c.id = o.charge_point_id
  where o.charge_point_id = $1 and o.stage % 2 = 0 group by 1, 2
  on conflict (charge_point_id, day) do update set orders = excluded.orders, minutes = excluded.minutes,
    energy = excluded.energy, earnings_usd = excluded.earnings_usd, earned = excluded.earned`;

export const GONE_DAYS = `
  delete from charge_point_days d where charge_point_id = $1 and not exists (
    select 1 from charge_point_orders o
    where o.charge_point_id = d.charge_point_id and o.day = d.day and o.stage % 2 = 0)`;

export const TOTALS = `
  update charge_points set orders_count = (select count(*)::int from charge_point_orders where charge_point_id = $1), total_sessions_time = d.minutes, total_energy = d.energy,
    total_earnings_usd = d.earnings_usd, total_earned = d.earned, rating_sum = r.sum, rating_count = r.count,
    rating = coalesce(round(r.sum / nullif(r.count, 0), 2), 0)
  from (
    select coalesce(sum(minutes), 0) as minutes,
      coalesce(sum(energy), 0) as energy, coalesce(sum(earnings_usd), 0) as earnings_usd,
      sum_earned(earned) as earned
    from charge_point_days where charge_point_id = $1
  ) d, (
    select coalesce(sum(rating), 0) as sum, count(*)::int as count from charge_point_ratings where charge_point_id = $1
  ) r
  where id = $1`;

/** All that is derived of one power center, to compare. */
export const FIGURES = `
  select md5(json_build_array(c.orders_count, c.total_sessions_time, c.total_energy, c.total_earnings_usd, c.total_earned,
    c.rating, c.rating_sum, c.rating_count, c.earning_day, c.earning_day_usd, c.earning_day_earned, (
      select json_agg(d order by d.day) from charge_point_days d where d.charge_point_id = c.id))::text) as mark
  from charge_points c where c.id = $1`;
