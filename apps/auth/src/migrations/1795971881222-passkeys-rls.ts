import { type RlsRule, RlsTables } from '@open-cpo/persistence';

/** Row-level security for passkeys. */
export class PasskeysRls1795971881222 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = {
    passkeys: { through: 'users', by: 'user_id' },
    used_passkey_challenges: { callers: 'none' },
  };
}
