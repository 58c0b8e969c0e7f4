import { type Owned, RlsTables } from '@open-cpo/persistence';

/** Row-level security for sessions of logins. */
export class LoginSessionsRls1795955330565 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    login_sessions: { through: 'users', by: 'user_id' },
  };
}
