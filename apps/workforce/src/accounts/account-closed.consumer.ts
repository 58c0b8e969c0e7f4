import { Injectable } from '@nestjs/common';
import { type AccountClosed, accountClosed } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { ImportRequests, Transactions } from '@open-cpo/persistence';
import { ERASED } from '../workers/worker-retention';

const STATEMENTS = [
  `update workers set ${ERASED}, deleted_at = coalesce(deleted_at, now()) where account_id = $1 and erased_at is null`,
  'delete from audit_personal where account_id = $1',
];

/** Erases the workers of accounts that were closed; the cash that they moved stays in the books. */
@Injectable()
export class AccountClosedConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly imports: ImportRequests,
  ) {}

  @Consumes(accountClosed, { as: 'workforce-accounts-closed' })
  async closed({ account_id }: AccountClosed): Promise<void> {
    for (const statement of STATEMENTS) await this.transactions.query(statement, [account_id]);
    await this.imports.forget(account_id);
  }
}
