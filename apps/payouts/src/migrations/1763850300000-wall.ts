import { type Owned, WalledTables } from '@open-cpo/persistence';

/** A second wall under the filters of every query about money and the ways it leaves. */
export class Wall1763850300000 extends WalledTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    ledger_transactions: { column: 'account_id' },
    ledger_postings: { column: 'owner_id', orNobodys: true },
    ledger_checkpoints: { column: 'owner_id' },
    payout_methods: { column: 'account_id' },
    payouts: { column: 'account_id' },
  };
}
