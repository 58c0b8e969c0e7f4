import { acrossAccounts, ownedRead } from '@open-cpo/persistence';
import type { ChargePointEntity } from './charge-point.entity';

/** The columns that the lists show or compute from. */
export const LISTED_COLUMNS = `c.id, c.title, c.identifier, c.listed, c.rating, c.configured, c.connected, c.busy,
  c.reserved, c.faulted, c.time_zone, c.earning_day, c.earning_day_usd, c.earning_day_earned`;

const CONNECTORS = `coalesce((
  select json_agg(json_build_object('id', m.id, 'number', m.number, 'status', m.status, 'type_id', k.id,
    'name', k.name, 'icon', k.icon, 'type', k.type, 'max_power', k.max_power) order by m.number, m.id)
  from charge_point_connectors m join connector_types k on k.id = m.connector_type_id
  where m.charge_point_id = c.id), '[]')`;

const AMENITIES = `coalesce((
  select json_agg(a order by a.id)
  from charge_point_amenities h join amenities a on a.id = h.amenity_id
  where h.charge_point_id = c.id), '[]')`;

/** Everything about a power center in one row. */
export const WHOLE_COLUMNS = `${LISTED_COLUMNS}, c.account_id, c.time_zone_set, c.token, c.category, c.description, c.latitude,
  c.longitude, c.address_line_1, c.address_line_2, c.address_line_3, c.zipcode, c.city, c.state, c.contact_number,
  c.open_time, c.close_time, c.image, c.charge_point_type_id, c.price_unit, c.price_amount, c.price_currency,
  c.price_usd, c.session_limit_type, c.session_limit_value, c.total_earnings_usd, c.total_earned, c.total_energy,
  c.total_sessions_time, c.orders_count, c.connection_at, c.created_at, c.updated_at, row_to_json(t) as charger_type,
  ${CONNECTORS} as connectors, ${AMENITIES} as amenities`;

export const WHOLE_FROM = 'charge_points c left join charger_types t on t.id = c.charge_point_type_id';

/** The caller's own and live ones. */
export const OWNED = 'c.account_id = $1 and c.deleted_at is null';

/** How many those are, from a counter that triggers keep. */
export const TOTAL = 'select coalesce(sum(live), 0)::int from charge_point_count_shards where account_id = $1';

export const ONE = ownedRead(
  `select ${WHOLE_COLUMNS} from ${WHOLE_FROM} where c.id = $1 and c.deleted_at is null`,
  'charge-points.one',
);

const CREATED = [
  'account_id',
  'identifier',
  'token',
  'category',
  'title',
  'address_line_1',
  'address_line_2',
  'address_line_3',
  'zipcode',
  'city',
  'state',
  'latitude',
  'longitude',
  'time_zone',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof ChargePointEntity)[];

/** What creation writes; what is absent is null. */
export type NewChargePoint = Partial<Pick<ChargePointEntity, (typeof CREATED)[number]>>;

/** The values of `CREATE`. */
export const valuesOf = (row: NewChargePoint) => CREATED.map((name) => row[name]);

/** Writes a power center and answers all of it. */
export const CREATE = `
  with c as (insert into charge_points (${CREATED.join(', ')})
    values (${CREATED.map((_, index) => `$${index + 1}`).join(', ')}) returning *)
  select ${WHOLE_COLUMNS} from c left join charger_types t on t.id = c.charge_point_type_id`;

/** Changes these columns of a power center, whose id comes first; then their values in this order. */
export const changeOf = (columns: readonly (keyof ChargePointEntity)[]): string =>
  `update charge_points set ${columns.map((name, index) => `${name} = $${index + 2}`).join(', ')} where id = $1`;

/** The next ones of all accounts, for those who keep them elsewhere. */
export const NEXT = `
  select ${WHOLE_COLUMNS} from ${WHOLE_FROM} where c.id > $1 and c.deleted_at is null order by c.id limit $2`;

/** Whose a power center is. */
export const ACCOUNT = ownedRead(
  'select account_id from charge_points where id = $1 and deleted_at is null',
  'charge-points.account',
);

export const LOCK = `${ACCOUNT.text} for update`;

export const TAKEN = acrossAccounts(
  'an identifier is unique in the installation',
  'select 1 from charge_points where identifier = $1 and deleted_at is null',
  'charge-points.taken',
);

/** Which of the ids that a request refers to exist. */
export const REFERENCES = `select
  array(select id from charger_types where id = $1) as types,
  array(select id from amenities where id = any($2::int[])) as amenities,
  array(select id from connector_types where id = any($3::int[])) as connectors`;

export const ZONE = 'select from pg_timezone_names where name = $1';
