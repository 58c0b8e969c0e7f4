import { ApiProperty } from '../core/documentation';
import { operations, read } from '../core/operation';
import { Id } from '../fields';

export class AccountMoneyQuery {
  @Id() account_id: number;
}

/** Whether money stands between the platform and an account. */
export class AccountMoney {
  /** Decimal text, in USD; below zero for what the account owes. */
  @ApiProperty({ example: '120.50' }) balance_usd: string;
  @ApiProperty({ example: 0 }) pending_payouts: number;
}

/** For services; no route leads here. */
export const payoutsAccounts = operations('payouts.accounts', {
  money: read(AccountMoneyQuery, AccountMoney),
});
