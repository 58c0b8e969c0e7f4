import { type RlsRule, RlsTables } from '@open-cpo/persistence';

/** Row-level security of the tables whose rows are of no account. */
export class Rls1795955155000 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = {
    currency_rates: { callers: 'read' },
  };
}
