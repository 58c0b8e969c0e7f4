import { Injectable } from '@nestjs/common';
import { type AccountClosed, accountClosed } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';

const STATEMENTS = [
  `update chargers set deleted_at = coalesce(deleted_at, now()), secret_hash = null, serial_number = null,
    updated_at = now() where account_id = $1`,
  'delete from settings where charger_id in (select id from chargers where account_id = $1)',
  // No session begins any more without its events.
  'update transactions set id_tag = null, undecided = false where account_id = $1 and (id_tag is not null or undecided)',
  'delete from transaction_events where account_id = $1',
  'delete from messages where account_id = $1',
  'delete from kept_messages where account_id = $1',
  'delete from commands where account_id = $1',
  'delete from local_lists where account_id = $1',
  'delete from reservations where account_id = $1',
  'delete from site_limits where account_id = $1',
  'delete from current_limits where account_id = $1',
  'delete from refused where account_id = $1',
  'delete from known_cards where account_id = $1',
  'delete from audit_personal where account_id = $1',
];

/** Removes the chargers of accounts that were closed, with the cards and messages that were kept of them. */
@Injectable()
export class AccountClosedConsumer {
  constructor(private readonly transactions: Transactions) {}

  @Consumes(accountClosed, { as: 'chargers-accounts-closed' })
  async closed({ account_id }: AccountClosed): Promise<void> {
    for (const statement of STATEMENTS) await this.transactions.query(statement, [account_id]);
  }
}
