import { fact } from '../core/fact';
import { Id, Int, Text } from '../fields';

/** What an owner has at their disposal has become something else. */
export class BalanceChanged {
  @Id() account_id: number;
  /** Decimal text; below zero while cash business outweighs the rest. */
  @Text({ presence: 'required' }) balance_usd: string;
  /** Grows with every change of the account's balance: of two facts the one with the higher is true. */
  @Int({ min: 1, presence: 'required' }) sequence: number;
}

/** Told once for all that one transaction posts for an owner; the aggregate is the account. */
export const balanceChanged = fact('payouts.balances.changed', BalanceChanged);
