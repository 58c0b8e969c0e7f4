import { Injectable } from '@nestjs/common';
import { type SealedColumn, SealedColumns } from '@open-cpo/persistence';
import { type SecretPurpose, Secrets } from './secrets';

/** Documents of a part: they are some megabytes each. */
const DOCUMENTS = 10;

/** What payouts keeps sealed. */
@Injectable()
export class PayoutsSealedColumns extends SealedColumns {
  readonly all: readonly SealedColumn[];

  constructor(secrets: Secrets) {
    super();
    const of = (table: string, column: string, purpose: SecretPurpose, batch?: number): SealedColumn => ({
      table,
      column,
      key: { column: 'id', type: 'integer' },
      account: 'account_id',
      batch,
      reseal: (sealed, accountId) => secrets.reseal(purpose, accountId, sealed),
    });
    this.all = [
      of('payout_methods', 'details', 'details'),
      of('payout_methods', 'document', 'documents', DOCUMENTS),
      of('payouts', 'recipient', 'recipients'),
    ];
  }
}
