import { Injectable } from '@nestjs/common';
import { type AccountClosed, accountClosed } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';

const STATEMENTS = [
  'delete from payout_methods where account_id = $1',
  // What was paid stays for the books, without the name, address and account that it went to.
  `update payouts set recipient = '', account_shown = '', provider_account = null, updated_at = now()
   where account_id = $1 and status <> 'pending'`,
  'delete from audit_personal where account_id = $1',
];

/** Removes bank details and identity documents of accounts that were closed; ledger and payouts stay. */
@Injectable()
export class AccountClosedConsumer {
  constructor(private readonly transactions: Transactions) {}

  @Consumes(accountClosed, { as: 'payouts-accounts-closed' })
  async closed({ account_id }: AccountClosed): Promise<void> {
    for (const statement of STATEMENTS) await this.transactions.query(statement, [account_id]);
  }
}
