import { type Owned, WalledTables } from '@open-cpo/persistence';

/** Row-level security for sessions of logins. */
export class LoginSessionsRls1795955330565 extends WalledTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    login_sessions: { through: 'users', by: 'user_id' },
  };
}
