import { type Owned, RlsTables } from '@open-cpo/persistence';

/** A second wall under the filters of every query about workers and their cash. */
export class Wall1763846500000 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    workers: { column: 'account_id' },
    cash_movements: { column: 'account_id' },
    worker_cash: { through: 'workers', by: 'worker_id' },
  };
}
