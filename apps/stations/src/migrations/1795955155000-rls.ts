import { type RlsRule, RlsTables } from '@open-cpo/persistence';

/** Row-level security of the tables whose rows are of no account. */
export class Rls1795955155000 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = {
    amenities: { callers: 'read' },
    charger_types: { callers: 'read' },
    connector_types: { callers: 'read' },
    countries: { callers: 'read' },
    currency_rates: { callers: 'read' },
  };
}
