import { type OrderCompleted, type OrderReversed, Refusal } from '@open-cpo/contracts';
import Big from 'big.js';

/** The ledger's accounts. The owner's two are kept for each owner apart. */
export const LEDGERS = ['clearing', 'owner_payable', 'platform_revenue', 'payouts_in_transit'] as const;
export type LedgerName = (typeof LEDGERS)[number];

export type EntryKind = 'order_completed' | 'order_reversed' | 'payout_requested' | 'payout_paid' | 'payout_failed';

/** One side of an entry, in USD. */
export interface Posting {
  readonly ledger: LedgerName;
  readonly amount: string;
}

/** What one fact posts. It is posted once for each kind, reference and revision, whatever is told how often. */
export interface Entry {
  readonly kind: EntryKind;
  /** `order 7`, `payout 3` */
  readonly reference: string;
  readonly revision: number;
  readonly accountId: number;
  readonly reason?: string;
  /** ISO 8601; by default now. */
  readonly happenedAt?: string;
  /** Sum to zero. Empty for what cost nothing. */
  readonly postings: readonly Posting[];
}

type Priced = Pick<OrderCompleted, 'price_usd' | 'earning_usd' | 'fees_usd' | 'payment'>;

const AMOUNT = /^\d{1,12}(\.\d{1,8})?$/;

/** @throws Refusal `validation_failed` for what is no amount: money is not guessed at */
function amountOf(order: Priced, field: 'price_usd' | 'earning_usd' | 'fees_usd'): Big {
  const text = order[field];
  if (!AMOUNT.test(text)) {
    throw new Refusal('validation_failed', { fields: { [field]: [`The ${field} field must be an amount.`] } });
  }
  return new Big(text);
}

/** The sides that are not zero. */
function sides(amounts: Readonly<Partial<Record<LedgerName, Big>>>): Posting[] {
  return LEDGERS.flatMap((ledger) => {
    const amount = amounts[ledger];
    return amount && !amount.eq(0) ? [{ ledger, amount: amount.toFixed() }] : [];
  });
}

/**
 * P price, E earning, F flat fee. Electronically paid, the platform has P+F and owes E of it; of cash the owner has P+F
 * already and owes what is not theirs.
 */
function ordersSides(order: Priced): Partial<Record<LedgerName, Big>> {
  const price = amountOf(order, 'price_usd');
  const earning = amountOf(order, 'earning_usd');
  const fees = amountOf(order, 'fees_usd');
  const revenue = price.minus(earning).plus(fees);
  if (order.payment === 'cash') return { owner_payable: revenue.neg(), platform_revenue: revenue };
  return { clearing: price.plus(fees).neg(), owner_payable: earning, platform_revenue: revenue };
}

const negated = (amounts: Partial<Record<LedgerName, Big>>): Partial<Record<LedgerName, Big>> =>
  Object.fromEntries(Object.entries(amounts).map(([ledger, amount]) => [ledger, amount.neg()]));

const about = ({ order_id, revision, account_id }: OrderCompleted) => ({
  reference: `order ${order_id}`,
  revision,
  accountId: account_id,
});

/** @throws Refusal `validation_failed` */
export const completedEntry = (order: OrderCompleted): Entry => ({
  kind: 'order_completed',
  ...about(order),
  happenedAt: order.completed_at,
  postings: sides(ordersSides(order)),
});

/** The exact reverse, with its reason. @throws Refusal `validation_failed` */
export const reversedEntry = (order: OrderReversed): Entry => ({
  kind: 'order_reversed',
  ...about(order),
  reason: order.reason,
  postings: sides(negated(ordersSides(order))),
});

type PayoutStep = 'payout_requested' | 'payout_paid' | 'payout_failed';

const STEPS: Record<PayoutStep, { readonly from: LedgerName; readonly to: LedgerName }> = {
  payout_requested: { from: 'owner_payable', to: 'payouts_in_transit' },
  payout_paid: { from: 'payouts_in_transit', to: 'clearing' },
  payout_failed: { from: 'payouts_in_transit', to: 'owner_payable' },
};

/** What a payout is to the ledger. */
export interface LedgerPayout {
  readonly id: number;
  readonly accountId: number;
  readonly amountUsd: string;
}

/** A step of a payout. It is either paid or failed, never both: they have their own kinds, and the payout one state. */
export function payoutEntry(kind: PayoutStep, { id, accountId, amountUsd }: LedgerPayout, reason?: string): Entry {
  const { from, to } = STEPS[kind];
  const amount = new Big(amountUsd);
  const postings = sides({ [from]: amount.neg(), [to]: amount });
  return { kind, reference: `payout ${id}`, revision: 1, accountId, reason, postings };
}
