import { type Owned, RlsTables } from '@open-cpo/persistence';

/** A second wall under the filters of every query about accounts and their people. */
export class Wall1763846500000 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    accounts: { column: 'id' },
    account_balances: { column: 'account_id' },
    api_keys: { column: 'account_id' },
    invitations: { column: 'account_id' },
    users: { column: 'account_id' },
    sessions: { through: 'users', by: 'user_id' },
    devices: { through: 'users', by: 'user_id' },
  };
}
