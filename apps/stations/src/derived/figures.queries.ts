import { earnedOf } from '@open-cpo/persistence';

const ORDER = 'order_id, charge_point_id, stage, day, minutes, energy, earnings_usd, currency, earnings_amount';
const SUMS = `sum(minutes) as minutes, sum(energy) as energy, sum(earnings_usd) as earnings_usd`;
const TOLD = 'json_populate_recordset(null::charge_point_orders, $1)';

/** In the order of their ids, so that there are no deadlocks. */
export const LOCK = `select id, account_id, time_zone from charge_points where id = any($1::int[]) order by id for update`;

/** Which of these orders have ended, by what we know. */
export const ENDED = 'select order_id from charge_point_orders where order_id = any($1::int[]) and stage > 0';

/** Whether a session goes on at a power center, on a connector or not. */
export const RUNS = 'select 1 from charge_point_orders where charge_point_id = $1 and stage = -1 limit 1';

/** What orders have come to: each that is new is one more; days and sums move by what that changes, and by nothing when it is known already. */
export const COUNT = `
  with told as (select ${ORDER} from ${TOLD}),
  before as materialized (select o.* from charge_point_orders o join told using (order_id)),
  kept as (
    insert into charge_point_orders as o (${ORDER}) select ${ORDER} from told order by order_id
    on conflict (order_id) do update set stage = excluded.stage, day = excluded.day, minutes = excluded.minutes,
      energy = excluded.energy, earnings_usd = excluded.earnings_usd, currency = excluded.currency,
      earnings_amount = excluded.earnings_amount
    where o.stage < excluded.stage
    returning ${ORDER}
  ),
  moves as (
    select charge_point_id, day, 1 as orders, minutes, energy, earnings_usd, currency, earnings_amount
    from kept where stage % 2 = 0
    union all
    select b.charge_point_id, b.day, -1, -b.minutes, -b.energy, -b.earnings_usd, b.currency, -b.earnings_amount
    from before b join kept using (order_id) where b.stage % 2 = 0
  ),
  sums as (
    select charge_point_id, day, sum(orders)::int as orders, ${SUMS},
      sum_earned(${earnedOf('currency', 'earnings_usd', 'earnings_amount')}) as earned
    from moves group by 1, 2
  ),
  days as (
    insert into charge_point_days as d (charge_point_id, day, account_id, orders, minutes, energy, earnings_usd, earned)
    select s.charge_point_id, s.day, c.account_id, s.orders, s.minutes, s.energy, s.earnings_usd, s.earned
    from sums s join charge_points c on c.id = s.charge_point_id order by 1, 2
    on conflict (charge_point_id, day) do update set orders = d.orders + excluded.orders,
      minutes = d.minutes + excluded.minutes, energy = d.energy + excluded.energy,
      earnings_usd = d.earnings_usd + excluded.earnings_usd, earned = add_earned(d.earned, excluded.earned)
  )
  update charge_points c set orders_count = c.orders_count + s.fresh,
    total_sessions_time = c.total_sessions_time + s.minutes, total_energy = c.total_energy + s.energy,
    total_earnings_usd = c.total_earnings_usd + s.earnings_usd, total_earned = add_earned(c.total_earned, s.earned)
  from (
    select charge_point_id, sum(fresh)::int as fresh, ${SUMS}, sum_earned(earned) as earned from (
      select charge_point_id, 0 as fresh, minutes, energy, earnings_usd, earned from sums
      union all
      select charge_point_id, 1, 0, 0, 0, '{}' from kept where order_id not in (select order_id from before)
    ) changes group by 1
  ) s
  where c.id = s.charge_point_id
  returning c.id`;

/** A day on which nothing is left is no day. */
export const EMPTY_DAYS = 'delete from charge_point_days where charge_point_id = any($1::int[]) and orders = 0';

/** The last day up to today, and what it has brought. */
export const TODAY = `
  update charge_points c set earning_day = d.day, earning_day_usd = coalesce(d.earnings_usd, 0),
    earning_day_earned = coalesce(d.earned, '{}')
  from unnest($1::int[], $2::date[]) as t (id, today)
  left join lateral (
    select day, earnings_usd, earned from charge_point_days
    where charge_point_id = t.id and day <= t.today order by day desc limit 1
  ) d on true
  where c.id = t.id`;

export const CONNECTORS = `select id, charge_point_id, number, status from charge_point_connectors
  where charge_point_id = any($1::int[]) order by id`;

/** What chargers have said of a later moment stays; and the end of an order frees what is busy, not what is broken. */
/** An end leaves a connector alone that became busy in the same moment, unless it is the end of that very order. */
export const MOVE = `
  update charge_point_connectors m set status_at = t.at,
    status = case when t.status = 'available' and m.status <> 'busy' then m.status else t.status end
  from json_to_recordset($1) as t (id int, status text, at timestamptz, yields boolean)
  where m.id = t.id and (m.status_at is null or m.status_at < t.at
    or m.status_at = t.at and not (t.yields and m.status = 'busy'))
  returning m.id`;

export const OCCUPY = `
  update charge_points c set busy = t.busy, reserved = t.reserved, faulted = t.faulted
  from json_to_recordset($1) as t (id int, busy boolean, reserved boolean, faulted boolean)
  where c.id = t.id`;

/** A rating takes the place of the former one of the same feedback. */
export const RATE = `
  with before as materialized (select rating from charge_point_ratings where feedback_id = $1),
  kept as (
    insert into charge_point_ratings (feedback_id, charge_point_id, rating) values ($1, $2, $3::numeric)
    on conflict (feedback_id) do update set rating = excluded.rating
  )
  update charge_points set rating_sum = rating_sum + $3::numeric - coalesce((select rating from before), 0),
    rating_count = rating_count + case when exists (select 1 from before) then 0 else 1 end
  where id = $2`;

export const AVERAGE = `
  update charge_points set rating = coalesce(round(rating_sum / nullif(rating_count, 0), 2), 0) where id = $1`;
