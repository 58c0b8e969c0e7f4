/** How many there are, from a counter that is kept. */
export const ESTIMATE = 'select coalesce((select orders from account_totals where account_id = $1), 0)::int as orders';

/** What was completed keeps the rate of that day in the currency that its owner had; the others go by today's. */
const RATE = 'case when o.rate is not null and o.currency = $3 then o.rate else $4::numeric end';

/** Names are taken out of the power centers once, and not once an order. */
const CENTERS = `
  with centers as materialized (
    select id, identifier, card->>'title' as title from charge_points where account_id = $1)`;

const here = (column: string): string => `to_char(${column} at time zone $2, 'YYYY-MM-DD HH24:MI:SS')`;

/** Every order of the account ($1), newest first: moments in the zone $2, amounts in the currency $3 (today's rate $4). */
export const EXPORTED = `${CENTERS}
  select o.id, c.title, c.identifier, o.connector_number, o.user_id, o.status, o.payment, o.unit, o.requested_quantity,
    o.quantity, o.charging_session_time, o.charging_session_energy,
    ${here('o.created_at')} as started_here, ${here('o.delivered_at')} as ended_here,
    round(o.unit_price_usd * r.rate, 2) as unit_price, round(o.price_usd * r.rate, 2) as price,
    round(o.earning_usd * r.rate, 2) as earning,
    round(o.price_usd * r.rate, 2) - round(o.earning_usd * r.rate, 2) as app_fees, round(o.fees_usd, 2) as fees_usd
  from orders o left join centers c on c.id = o.charge_point_id cross join lateral (select ${RATE} as rate) r
  where o.account_id = $1 order by o.id desc`;
