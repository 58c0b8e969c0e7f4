import { acrossAccounts, columnsBut, columnsOf, ownedRead } from '@open-cpo/persistence';
import { ChargePointEntity } from './charge-point.entity';

/** The columns that the lists show or compute from. */
export const LISTED_COLUMNS = columnsOf(
  ChargePointEntity,
  'c',
  'id title identifier listed rating configured connected busy reserved faulted',
  'time_zone earning_day earning_day_usd earning_day_earned',
);

/** What a power center has itself. */
export const OWN_COLUMNS = columnsBut(
  ChargePointEntity,
  'c',
  'charging_site_id rating_sum rating_count deleted_at search_text',
);

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
export const WHOLE_COLUMNS = `${OWN_COLUMNS}, row_to_json(t) as charger_type, ${CONNECTORS} as connectors,
  ${AMENITIES} as amenities`;

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
