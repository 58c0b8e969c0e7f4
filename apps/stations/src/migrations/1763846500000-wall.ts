import { type Owned, RlsTables } from '@open-cpo/persistence';

/** A second wall under the filters of every query about power centers, their groups and sites. */
export class Wall1763846500000 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    categories: { column: 'account_id' },
    charge_points: { column: 'account_id' },
    charge_point_counts: { column: 'account_id' },
    charge_point_days: { column: 'account_id' },
    charge_point_groups: { column: 'account_id' },
    charging_sites: { column: 'account_id' },
    export_requests: { column: 'account_id' },
    charge_point_amenities: { through: 'charge_points', by: 'charge_point_id' },
    charge_point_connectors: { through: 'charge_points', by: 'charge_point_id' },
    charge_point_prices: { through: 'charge_points', by: 'charge_point_id' },
    charge_point_orders: { through: 'charge_points', by: 'charge_point_id' },
    charge_point_ratings: { through: 'charge_points', by: 'charge_point_id' },
    charge_point_group_members: { through: 'charge_point_groups', by: 'group_id' },
    site_addresses: { through: 'charging_sites', by: 'site_id' },
  };
}
