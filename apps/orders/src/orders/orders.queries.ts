import type { ExemptRead } from '@open-cpo/persistence';
import { CHARGE_POINT_COLUMNS, chargePointJoins } from '../charge-points/charge-point.view';

/** What every form of an order shows. */
export const RAW_COLUMNS = `o.id, o.charge_point_id, o.charge_point_connector_id, o.connector_number, o.user_id,
  o.fleet_id, o.unit, o.requested_quantity, o.status, o.charging_session_time, o.charging_session_energy, o.quantity,
  o.unit_price_usd, o.price_usd, o.fees_usd, o.earning_usd, o.feedback_exist, o.delivered_at, o.created_at, o.updated_at`;

export const SHOWN = `${RAW_COLUMNS}, o.prices, o.currency, o.rate, o.unit_price_amount, o.price_amount,
  o.earning_amount, o.amounts_currency, o.account_id, ${CHARGE_POINT_COLUMNS}`;

export const SHOWN_JOINS = chargePointJoins('o.charge_point_id');

export const ONE: ExemptRead = {
  name: 'orders.one',
  text: `select ${SHOWN} from orders o ${SHOWN_JOINS} where o.account_id = $1 and o.id = $2`,
};

/** How many orders an owner has, from a counter that is kept. */
export const COUNT: ExemptRead = {
  name: 'orders.count',
  text: 'select coalesce((select orders from account_totals where account_id = $1), 0) as total',
};

/** The power centers whose identifiers match, and how many orders they have. */
export const MATCHING: ExemptRead = {
  text: `
  select coalesce(sum(t.orders), 0)::int as total, coalesce(array_agg(c.id) filter (where t.orders > 0), '{}') as ids
  from charge_points c left join charge_point_totals t on t.charge_point_id = c.id
  where c.account_id = $1 and c.search_text like search_pattern($2, true)`,
};

export const OF_CHARGE_POINT = `
  select ${SHOWN} from orders o ${SHOWN_JOINS} where o.charge_point_id = $1 and o.account_id = $2
  order by o.charge_point_id desc, o.id desc`;

/** Those that `CLOSED` leaves out. */
export const OTHERS = `
  select o.id as order_id, o.charge_point_id, o.created_at as started_at, o.revision,
    o.status <> 0 or (o.held and coalesce(s.ended_at, s.silent_at) is not null) as ended
  from orders o left join sessions s on s.session_id = o.session_id
  where o.charge_point_id = $1 and o.status <> 1 order by o.id`;

/** For those who rebuild what they keep. */
export const CLOSED = `
  select o.* from orders o where o.status = 1 and ($1::date is null or o.day >= $1)
    and ($2::int is null or o.charge_point_id = $2) order by o.id`;

export const SESSION_OF = 'select session_id from orders where id = $1 and account_id = $2';

/** The registers of a session by their times, $2 at most; wherever a register went back, no energy is taken away. */
export const READINGS = `
  with registers as (
    select read_at as at, wh from session_readings where session_id = $1
    union select started_at, start_wh from sessions
      where session_id = $1 and started_at is not null and start_wh is not null
    union select ended_at, end_wh from sessions where session_id = $1 and ended_at is not null and end_wh is not null
  ), numbered as (
    select at, (max(wh) over so_far - first_value(wh) over so_far) / 1000 as energy, row_number() over so_far as n,
      count(*) over () as total
    from registers window so_far as (order by at, wh rows unbounded preceding)
  )
  select at, round(energy, 4)::text as energy, total::int from numbered
  where n = 1 or n = total or n % case when total <= $2::int then 1 else ceil(total / ($2::int - 2.0))::int end = 0
  order by n`;
