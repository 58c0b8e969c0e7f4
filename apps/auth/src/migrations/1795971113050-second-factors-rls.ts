import { type Owned, RlsTables } from '@open-cpo/persistence';

/** Row-level security for second factors. */
export class SecondFactorsRls1795971113050 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    totp_factors: { through: 'users', by: 'user_id' },
    recovery_codes: { through: 'users', by: 'user_id' },
  };
}
