import { type Owned, RlsTables } from '@open-cpo/persistence';

/** A second wall under the filters of every query about orders and what they rest on. */
export class Wall1763846500000 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    accounts: { column: 'account_id' },
    account_totals: { column: 'account_id' },
    charge_points: { column: 'account_id' },
    charge_point_totals: { column: 'account_id' },
    charge_point_days: { through: 'charge_points', by: 'charge_point_id' },
    charge_point_tariffs: { through: 'charge_points', by: 'charge_point_id' },
    orders: { column: 'account_id' },
    feedback: { column: 'account_id' },
    export_requests: { column: 'account_id' },
  };
}
