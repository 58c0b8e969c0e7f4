import { Controller } from '@nestjs/common';
import { type AccountMoney, type AccountMoneyQuery, type HandlersOf, payoutsAccounts } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { Ledger } from '../ledger/ledger';

const PENDING = `select count(*)::int as count from payouts where account_id = $1 and status = 'pending'`;

/** What other services have to know of an account's money. */
@Controller()
export class AccountsHandler implements HandlersOf<typeof payoutsAccounts> {
  constructor(
    private readonly transactions: Transactions,
    private readonly ledger: Ledger,
  ) {}

  @Handles(payoutsAccounts.money)
  async money({ account_id }: AccountMoneyQuery): Promise<AccountMoney> {
    const { payable } = await this.ledger.balance(account_id);
    const pending = await this.transactions.first<{ count: number }>(PENDING, [account_id], 'accounts.pending');
    return { balance_usd: payable, pending_payouts: pending?.count ?? 0 };
  }
}
