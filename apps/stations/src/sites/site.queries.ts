import { columnsBut, ownedRead } from '@open-cpo/persistence';
import { membersOf } from '../charge-points/charge-point.members';
import { SiteEntity } from './site.entity';

const ADDRESS = `case when a.id is not null then json_build_object('id', a.id, 'latitude', a.latitude,
  'longitude', a.longitude, 'country', json_build_object('id', k.id, 'name', k.name), 'state', a.state, 'city', a.city,
  'zipcode', a.zipcode, 'address_line_1', a.address_line_1, 'address_line_2', a.address_line_2,
  'address_line_3', a.address_line_3) end as address`;

// One rule for every read; `$2` is today where the account is. A date that is not set does not bound.
const ACTIVE = `s.status and coalesce(s.start_date <= $2::date, true) and coalesce($2::date <= s.end_date, true)`;

export const OWN_COLUMNS = columnsBut(SiteEntity, 's', 'account_id created_at updated_at search_text');

/** A site with its address and the ids of its power centers. */
export const COLUMNS = `${OWN_COLUMNS}, ${ACTIVE} as active, ${ADDRESS},
  array(select c.id from charge_points c where c.charging_site_id = s.id order by 1) as charge_point_ids`;

/** The same with the power centers themselves. */
export const COLUMNS_WITH_MEMBERS = `${COLUMNS}, ${membersOf('charge_points c', 'c.charging_site_id = s.id')}`;

export const FROM = `charging_sites s left join site_addresses a on a.site_id = s.id
  left join countries k on k.id = a.country_id`;

const one = (columns: string): string => `select s.account_id, ${columns} from ${FROM} where s.id = $1`;
export const ONE = ownedRead(one(COLUMNS), 'sites.one');
export const ONE_WITH_MEMBERS = ownedRead(one(COLUMNS_WITH_MEMBERS), 'sites.one-with-members');

export const LOCK = 'select account_id from charging_sites where id = $1 for update';

/** A category of sites of the account, locked against removal. */
export const CATEGORY = `select 1 from categories
  where id = $1 and account_id = $2 and type = 'charging-site' for key share`;

/** Which of the power centers are in another site. */
export const ELSEWHERE = `select id, charging_site_id as site from charge_points
  where id = any($2::int[]) and charging_site_id <> $1 order by id`;

export const LEAVE = `update charge_points set charging_site_id = null
  where charging_site_id = $1 and id <> all($2::int[])`;

export const JOIN = `update charge_points set charging_site_id = $1
  where id = any($2::int[]) and charging_site_id is distinct from $1`;

export const KEEP_COUNTRY = `insert into countries as k (id, name) values ($1, $2)
  on conflict (id) do update set name = excluded.name where k.name <> excluded.name`;
