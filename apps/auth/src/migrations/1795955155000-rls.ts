import { type RlsRule, RlsTables } from '@open-cpo/persistence';

/** Row-level security of the tables whose rows are of no account. */
export class Rls1795955155000 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = {
    countries: { callers: 'read' },
    currencies: { callers: 'read' },
    emails: { callers: 'none' },
    registrations: { callers: 'none' },
    revocations: { callers: 'append' },
    signing_keys: { callers: 'none' },
    verifications: { callers: 'none' },
  };
}
