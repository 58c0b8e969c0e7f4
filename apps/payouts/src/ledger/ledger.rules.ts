import { type OrderCompleted, type OrderReversed, Refusal } from '@open-cpo/contracts';
import type { Earned } from '@open-cpo/persistence';
import Big from 'big.js';

/** The ledger's accounts. The owner's two are kept for each owner apart. */
export const LEDGERS = ['clearing', 'owner_payable', 'platform_revenue', 'payouts_in_transit'] as const;
export type LedgerName = (typeof LEDGERS)[number];
export const OWNERS: ReadonlySet<LedgerName> = new Set(['owner_payable', 'payouts_in_transit']);

export type EntryKind = 'order_completed' | 'order_reversed' | 'payout_requested' | 'payout_paid' | 'payout_failed';

/** One side of an entry, in USD. */
export interface Posting {
  readonly ledger: LedgerName;
  readonly amount: string;
  /** Of an owner's account: what of it was settled in which currency, and what it is there. */
  readonly earned?: Earned;
}

/** What one event posts. It is posted once for each kind, reference and revision, however often it is published. */
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

type Priced = Pick<
  OrderCompleted,
  'price_usd' | 'earning_usd' | 'fees_usd' | 'payment' | 'currency' | 'rate' | 'earning_amount'
>;

const AMOUNT = /^\d{1,20}(\.\d{1,8})?$/;
/** In any currency: some have a hundred thousand units for a US dollar. */
const OWN_AMOUNT = /^\d{1,30}(\.\d{1,8})?$/;

/** @throws Refusal `validation_failed` for what is no amount: money is not guessed at */
function amountOf(order: Priced, field: 'price_usd' | 'earning_usd' | 'fees_usd'): Big {
  const text = order[field];
  if (!AMOUNT.test(text)) {
    throw new Refusal('validation_failed', { fields: { [field]: [`The ${field} field must be an amount.`] } });
  }
  return new Big(text);
}

/** The sides that are not zero; `earned` says what an owner's account earns by a side of it. */
function sides(
  amounts: Readonly<Partial<Record<LedgerName, Big>>>,
  earned: (amount: Big) => Earned | undefined = () => undefined,
): Posting[] {
  return LEDGERS.flatMap((ledger) => {
    const amount = amounts[ledger];
    if (!amount || amount.eq(0)) return [];
    const own = OWNERS.has(ledger) ? earned(amount) : undefined;
    return [{ ledger, amount: amount.toFixed(), ...(own ? { earned: own } : {}) }];
  });
}

/** @throws Refusal `validation_failed` */
function ownAmount(text: string, field: 'rate' | 'earning_amount'): Big {
  if (OWN_AMOUNT.test(text)) return new Big(text);
  throw new Refusal('validation_failed', { fields: { [field]: [`The ${field} field must be an amount.`] } });
}

/** What an order's side is in the currency that the order was settled in, at its own rate. */
function ofOrder({ currency, rate, earning_amount, payment }: Priced): (amount: Big) => Earned | undefined {
  if (!currency || !rate) return () => undefined;
  const units = ownAmount(rate, 'rate');
  const earning = payment === 'electronic' && earning_amount ? ownAmount(earning_amount, 'earning_amount') : undefined;
  return (usd) => {
    const own = earning ? (usd.lt(0) ? earning.neg() : earning) : usd.times(units).round(8, Big.roundHalfUp);
    return { [currency]: [usd.toFixed(), own.toFixed()] };
  };
}

/**
 * P price, E earning, F flat fee. Electronically paid, the platform has P+F and owes E of it; of cash the owner has P+F
 * already and owes what is not theirs. What was settled elsewhere posts nothing.
 */
function ordersSides(order: Priced): Partial<Record<LedgerName, Big>> {
  const price = amountOf(order, 'price_usd');
  const earning = amountOf(order, 'earning_usd');
  const fees = amountOf(order, 'fees_usd');
  const revenue = price.minus(earning).plus(fees);
  if (order.payment === 'settled') return {};
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
  postings: sides(ordersSides(order), ofOrder(order)),
});

/** The exact reverse, with its reason. @throws Refusal `validation_failed` */
export const reversedEntry = (order: OrderReversed): Entry => ({
  kind: 'order_reversed',
  ...about(order),
  reason: order.reason,
  postings: sides(negated(ordersSides(order)), ofOrder(order)),
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
  /** What of the owner's earnings it takes. */
  readonly earned: Earned;
}

const negatedEarned = (earned: Earned): Earned =>
  Object.fromEntries(
    Object.entries(earned).map(([currency, [usd, amount]]) => [
      currency,
      [new Big(usd).neg().toFixed(), new Big(amount).neg().toFixed()],
    ]),
  );

/** A step of a payout. It is either paid or failed, never both: they have their own kinds, and the payout one state. */
export function payoutEntry(
  kind: PayoutStep,
  { id, accountId, amountUsd, earned }: LedgerPayout,
  reason?: string,
): Entry {
  const { from, to } = STEPS[kind];
  const amount = new Big(amountUsd);
  const postings = sides({ [from]: amount.neg(), [to]: amount }, (side) =>
    side.lt(0) ? negatedEarned(earned) : { ...earned },
  );
  return { kind, reference: `payout ${id}`, revision: 1, accountId, reason, postings };
}
