import { domainEvent } from '../core/domain-event';
import { Choice, Id, Int, Json, Text } from '../fields';
import { PAYOUT_STATES, type PayoutState } from './payouts';

/** What an owner has at their disposal has become something else. */
export class BalanceChanged {
  @Id() account_id: number;
  /** Decimal text; below zero while cash business outweighs the rest. */
  @Text({ presence: 'required' }) balance_usd: string;
  /** By the currency that orders were settled in: of the balance so much in USD, and in that currency at the orders' own rates. */
  @Json() earned?: Readonly<Record<string, readonly [usd: string, amount: string]>> | null;
  /** Grows with every change of the account's balance: of two events the one with the higher is true. */
  @Int({ min: 1, presence: 'required' }) sequence: number;
}

/** Published once for all that one transaction posts for an owner; the aggregate is the account. */
export const balanceChanged = domainEvent('payouts.balances.changed', BalanceChanged);

/** A payout was asked for, or has ended: as its owner sees it, in the currency that it was asked for. */
export class PayoutChanged {
  @Id() id: number;
  /** The owner's account, not where the money goes. */
  @Id() account_id: number;
  @Id() payout_method_id: number;
  /** Who asked for it. */
  @Id() user_id: number;
  /** The account that it goes to, as far as that may be shown. */
  @Text({ presence: 'required', max: 1000 }) goes_to: string;
  /** Decimal text. */
  @Text({ presence: 'required' }) amount: string;
  @Text({ presence: 'required' }) currency: string;
  @Choice(PAYOUT_STATES, { presence: 'required' }) status: PayoutState;
  /** What the provider said last. */
  @Text({ max: 10_000 }) response?: string | null;
  @Text({ presence: 'required' }) created_at: string;
  @Text({ presence: 'required' }) updated_at: string;
}

/** The aggregate is the payout. */
export const payoutChanged = domainEvent('payouts.payouts.changed', PayoutChanged);
