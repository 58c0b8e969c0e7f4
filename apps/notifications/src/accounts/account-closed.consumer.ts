import { Injectable } from '@nestjs/common';
import { type AccountClosed, accountClosed } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';

const STATEMENTS = [
  'delete from webhook_deliveries where account_id = $1',
  'delete from webhooks where account_id = $1',
  'delete from feed_tickets where account_id = $1',
  'delete from events where account_id = $1',
  'delete from audit_personal where account_id = $1',
];

/** Removes webhooks and notifications of closed accounts. */
@Injectable()
export class AccountClosedConsumer {
  constructor(private readonly transactions: Transactions) {}

  @Consumes(accountClosed, { as: 'notifications-accounts-closed' })
  async closed({ account_id }: AccountClosed): Promise<void> {
    for (const statement of STATEMENTS) await this.transactions.query(statement, [account_id]);
  }
}
