import { columnsOf, ownedRead } from '@open-cpo/persistence';
import { membersOf } from '../charge-points/charge-point.members';
import { GroupEntity } from './group.entity';

export const OWN_COLUMNS = columnsOf(GroupEntity, 'g', 'id name company_name license_code');

/** A group with the ids of its power centers. */
export const COLUMNS = `${OWN_COLUMNS}, array(
  select m.charge_point_id from charge_point_group_members m where m.group_id = g.id order by 1) as charge_point_ids`;

/** The same with the power centers themselves. */
export const COLUMNS_WITH_MEMBERS = `${COLUMNS}, ${membersOf(
  'charge_point_group_members m join charge_points c on c.id = m.charge_point_id',
  'm.group_id = g.id',
)}`;

export const FROM = 'charge_point_groups g';

const one = (columns: string): string => `select g.account_id, ${columns} from ${FROM} where g.id = $1`;
export const ONE = ownedRead(one(COLUMNS), 'groups.one');
export const ONE_WITH_MEMBERS = ownedRead(one(COLUMNS_WITH_MEMBERS), 'groups.one-with-members');

export const LOCK = 'select account_id from charge_point_groups where id = $1 for update';

export const LEAVE = 'delete from charge_point_group_members where group_id = $1 and charge_point_id <> all($2::int[])';

export const JOIN = `insert into charge_point_group_members (group_id, charge_point_id)
  select $1::int, unnest($2::int[]) on conflict do nothing`;
