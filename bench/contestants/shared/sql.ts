const TODAY = `case when c.earning_day = (now() at time zone c.time_zone)::date then c.earning_day_usd else 0 end`;
const LISTED = `c.id, c.title, c.identifier, c.listed, c.configured, c.connected, c.busy, c.reserved, c.rating,
  ${TODAY} as today_usd`;

export const LIST = `select ${LISTED} from charge_points c where c.account_id = $1 and c.deleted_at is null order by c.id desc`;

export const ONE = `select ${LISTED}, c.account_id, c.token, c.category, c.description, c.latitude, c.longitude,
  c.address_line_1, c.address_line_2, c.address_line_3, c.zipcode, c.city, c.state, c.contact_number, c.open_time,
  c.close_time, c.image, c.price_unit, c.price_amount, c.price_currency, c.price_usd, c.session_limit_type,
  c.session_limit_value, c.total_earnings_usd, c.total_energy, c.total_sessions_time, c.orders_count,
  row_to_json(t) as charger_type,
  coalesce((select json_agg(json_build_object('number', m.number, 'status', m.status, 'id', k.id, 'name', k.name,
    'icon', k.icon, 'type', k.type, 'max_power', k.max_power) order by m.number, m.id)
    from charge_point_connectors m join connector_types k on k.id = m.connector_type_id
    where m.charge_point_id = c.id), '[]') as connectors,
  coalesce((select json_agg(a order by a.id) from charge_point_amenities h join amenities a on a.id = h.amenity_id
    where h.charge_point_id = c.id), '[]') as amenities
  from charge_points c left join charger_types t on t.id = c.charge_point_type_id
  where c.id = $1 and c.account_id = $2 and c.deleted_at is null`;

/** Matches and their number in one statement. */
export const SEARCH = `with found as materialized (
    select c.id from charge_points c where c.account_id = $1 and c.deleted_at is null
      and (lower(c.title) like $2 or lower(c.identifier) like $2))
  select (select count(*)::int from found) as total, ${LISTED} from charge_points c
  where c.id in (select id from found) order by c.id desc limit $3`;

export const COUNT = 'select orders as total from account_totals where account_id = $1';

/** Rows of a page. */
export const PAGE = 15;

/** The limit is written into it: PostgreSQL plans a statement anew each time whose limit it does not see. */
export const ORDERS = `select o.id, o.charge_point_id, o.charge_point_connector_id, o.connector_number, o.user_id, o.fleet_id,
  o.unit, o.requested_quantity, o.status, o.charging_session_time, o.charging_session_energy, o.quantity,
  o.unit_price_usd, o.price_usd, o.fees_usd, o.earning_usd, o.feedback_exist, o.delivered_at, o.created_at, o.updated_at,
  o.prices, o.currency, o.rate, c.card, c.price, coalesce(t.earnings_usd, 0) as total_earnings_usd,
  coalesce(d.earnings_usd, 0) as today_usd
  from (select * from orders where account_id = $1 order by id desc limit ${PAGE}) o
  join charge_points c on c.id = o.charge_point_id
  left join charge_point_totals t on t.charge_point_id = c.id
  left join charge_point_days d on d.charge_point_id = c.id and d.day = (now() at time zone c.time_zone)::date
  order by o.id desc`;

export const RATES = 'select code, rate from currency_rates';
