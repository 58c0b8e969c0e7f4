const ORDER = 'order_id, charge_point_id, stage, day, minutes, energy, earnings_usd';
const TOLD = 'json_populate_recordset(null::charge_point_orders, $1)';

/** In the order of their ids: whoever locks several at once waits for nobody who waits for them. */
export const LOCK = `select id, account_id, time_zone from charge_points where id = any($1::int[]) order by id for update`;

/** Which of these orders have ended, by what we know. */
export const ENDED = 'select order_id from charge_point_orders where order_id = any($1::int[])';

/** What orders have come to; days and totals move by what that changes, and by nothing when it is known already. */
export const COUNT = `
  with told as (select ${ORDER} from ${TOLD}),
  before as materialized (select o.* from charge_point_orders o join told using (order_id)),
  kept as (
    insert into charge_point_orders as o (${ORDER}) select ${ORDER} from told order by order_id
    on conflict (order_id) do update set stage = excluded.stage, day = excluded.day, minutes = excluded.minutes,
      energy = excluded.energy, earnings_usd = excluded.earnings_usd
    where o.stage < excluded.stage
    returning ${ORDER}
  ),
  moves as (
    select charge_point_id, day, 1 as orders, minutes, energy, earnings_usd from kept where stage % 2 = 0
    union all
    select b.charge_point_id, b.day, -1, -b.minutes, -b.energy, -b.earnings_usd
    from before b join kept using (order_id) where b.stage % 2 = 0
  ),
  sums as (
    select charge_point_id, day, sum(orders)::int as orders, sum(minutes) as minutes, sum(energy) as energy,
      sum(earnings_usd) as earnings_usd
    from moves group by 1, 2
  ),
  days as (
    insert into charge_point_days as d (charge_point_id, day, account_id, orders, minutes, energy, earnings_usd)
    select s.charge_point_id, s.day, c.account_id, s.orders, s.minutes, s.energy, s.earnings_usd
    from sums s join charge_points c on c.id = s.charge_point_id order by 1, 2
    on conflict (charge_point_id, day) do update set orders = d.orders + excluded.orders,
      minutes = d.minutes + excluded.minutes, energy = d.energy + excluded.energy,
      earnings_usd = d.earnings_usd + excluded.earnings_usd
  )
  update charge_points c set orders_count = c.orders_count + s.orders,
    total_sessions_time = c.total_sessions_time + s.minutes, total_energy = c.total_energy + s.energy,
    total_earnings_usd = c.total_earnings_usd + s.earnings_usd
  from (
    select charge_point_id, sum(orders)::int as orders, sum(minutes) as minutes, sum(energy) as energy,
      sum(earnings_usd) as earnings_usd
    from sums group by 1
  ) s
  where c.id = s.charge_point_id
  returning c.id`;

/** A day on which nothing is left is no day. */
export const EMPTY_DAYS = 'delete from charge_point_days where charge_point_id = any($1::int[]) and orders = 0';

/** The last day up to today, and what it has brought. */
export const TODAY = `
  update charge_points c set earning_day = d.day, earning_day_usd = coalesce(d.earnings_usd, 0)
  from unnest($1::int[], $2::date[]) as t (id, today)
  left join lateral (
    select day, earnings_usd from charge_point_days
    where charge_point_id = t.id and day <= t.today order by day desc limit 1
  ) d on true
  where c.id = t.id`;

export const CONNECTORS = `select id, charge_point_id, number, status from charge_point_connectors
  where charge_point_id = any($1::int[]) order by id`;

/** What chargers have said of a later moment stays; and the end of an order frees what is busy, not what is broken. */
export const MOVE = `
  update charge_point_connectors m set status_at = t.at,
    status = case when t.status = 'available' and m.status <> 'busy' then m.status else t.status end
  from json_to_recordset($1) as t (id int, status text, at timestamptz)
  where m.id = t.id and (m.status_at is null or m.status_at <= t.at)
  returning m.id`;

export const OCCUPY = `
  update charge_points c set busy = t.busy, reserved = t.reserved
  from json_to_recordset($1) as t (id int, busy boolean, reserved boolean) where c.id = t.id`;

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
