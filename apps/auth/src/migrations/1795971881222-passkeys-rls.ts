import { type RlsRule, WalledTables } from '@open-cpo/persistence';

/** Row-level security for passkeys. */
export class PasskeysRls1795971881222 extends WalledTables {
  readonly tables: Readonly<Record<string, RlsRule>> = {
    passkeys: { through: 'users', by: 'user_id' },
    used_passkey_challenges: { callers: 'none' },
  };
}
