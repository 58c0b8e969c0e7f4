/** How many there are, from a counter that is kept. */
export const ESTIMATE = 'select coalesce((select orders from account_totals where account_id = $1), 0)::int as orders';

/** What was completed keeps the rate of that day in the currency that its owner had; the others go by today's. */
const RATE = 'case when o.rate is not null and o.currency = $3 then o.rate else $4::numeric end';

/** Exact in the currency that the order was settled in. */
const shown = (what: string): string => `round(coalesce(case when o.amounts_currency = $3 then o.${what}_amount end,
      o.${what}_usd * r.rate), 2)`;

/** Names are taken out of the power centers once, and not once an order. */
const CENTERS = `
  with centers as materialized (
    select id, identifier, card->>'title' as title from charge_points where account_id = $1)`;

const here = (column: string): string => `to_char(${column} at time zone $2, 'YYYY-MM-DD HH24:MI:SS')`;

/** Every order of the account ($1), newest first: moments in the zone $2, amounts in the currency $3 (today's rate $4). */
export const EXPORTED = `${CENTERS}
  select o.id, c.title, c.identifier, o.connector_number,
    coalesce(o.user_id, (select nullif(owner_id, 0) from accounts where account_id = $1)) as user_id, o.status, o.payment, o.unit, o.requested_quantity,
    o.quantity, o.charging_session_time, o.charging_session_energy,
    ${here('o.created_at')} as started_here, ${here('o.delivered_at')} as ended_here,
    ${shown('unit_price')} as unit_price, ${shown('price')} as price, ${shown('earning')} as earning,
    ${shown('price')} - ${shown('earning')} as app_fees, round(o.fees_usd, 2) as fees_usd
  from orders o left join centers c on c.id = o.charge_point_id cross join lateral (select ${RATE} as rate) r
  where o.account_id = $1 order by o.id desc`;
