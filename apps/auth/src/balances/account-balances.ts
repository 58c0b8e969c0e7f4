import { Injectable } from '@nestjs/common';
import { type BalanceChanged, balanceChanged } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';

const KEEP = `
  insert into account_balances (account_id, balance_usd, sequence, earned) values ($1, $2, $3, $4)
  on conflict (account_id) do update set balance_usd = excluded.balance_usd, sequence = excluded.sequence,
    earned = excluded.earned
  where account_balances.sequence < excluded.sequence`;

/** Stores balances that payouts publishes, so that a login waits for no other service. */
@Injectable()
export class AccountBalances {
  constructor(private readonly transactions: Transactions) {}

  @Consumes(balanceChanged, { as: 'auth-balances' })
  async changed({ account_id, balance_usd, sequence, earned }: BalanceChanged): Promise<void> {
    const values = [account_id, balance_usd, sequence, JSON.stringify(earned ?? {})];
    await this.transactions.query(KEEP, values, 'account-balances.keep');
  }
}
