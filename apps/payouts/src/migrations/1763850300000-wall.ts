import { type Owned, RlsTables } from '@open-cpo/persistence';

/** A second wall under the filters of every query about money and the ways it leaves. */
export class Wall1763850300000 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    ledger_transactions: { column: 'account_id' },
    ledger_postings: { column: 'owner_id', includeUnowned: true },
    ledger_checkpoints: { column: 'owner_id' },
    payout_methods: { column: 'account_id' },
    payouts: { column: 'account_id' },
  };
}
