/** How many there are, from a counter that is kept. */
export const LIVE = 'select coalesce(sum(live), 0)::int as live from charge_point_count_shards where account_id = $1';

/** Every power center of the account ($1), newest first, with moments in the owner's zone ($2). */
export const EXPORTED = `
  select c.id, c.title, c.identifier, c.category, c.listed, c.configured, c.connected, c.busy, c.reserved, c.faulted,
    concat_ws(', ', c.address_line_1, c.address_line_2, c.address_line_3, nullif(concat_ws(' ', c.zipcode, c.city), ''),
      c.state) as address,
    c.city, c.latitude, c.longitude, c.price_unit, c.price_amount, c.price_currency, c.price_usd, c.orders_count,
    c.total_energy, c.total_sessions_time, c.total_earnings_usd, c.total_earned, c.rating,
    to_char(c.created_at at time zone $2, 'YYYY-MM-DD HH24:MI:SS') as created_here,
    (select count(*)::int from charge_point_connectors m where m.charge_point_id = c.id) as connectors
  from charge_points c where c.account_id = $1 and c.deleted_at is null order by c.id desc`;
