import type { OrderCompleted, OrderHeld, OrderStarted, OtherOrder } from '@open-cpo/contracts';
import Big from 'big.js';

/** An order as far as it counts for its power center. */
export interface StagedOrder {
  readonly order_id: number;
  readonly charge_point_id: number;
  readonly stage: number;
  readonly day: string;
  readonly minutes: string;
  readonly energy: string;
  readonly earnings_usd: string;
  /** The currency that it was settled in, and what it earned in it; null where that is not known. */
  readonly currency: string | null;
  readonly earnings_amount: string | null;
}

/** Its session goes on. */
export const RUNNING = -1;
/** Its session has ended and waits for an operator. */
const HELD = 1;

/**
 * How far an order has come: even when it was completed, odd when that was reversed or has not happened yet. What is published of
 * one order has an order of its own, so that events may come late, twice and in any order: the furthest stage is what counts.
 */
export const stageOf = (revision: number, reversed: boolean): number => 2 * revision + (reversed ? 1 : 0);

/** An order that counts for nothing yet, but is one. */
const uncounted = (
  { order_id, charge_point_id, started_at }: Pick<OrderStarted, 'order_id' | 'charge_point_id' | 'started_at'>,
  stage: number,
): StagedOrder => ({
  order_id,
  charge_point_id,
  stage,
  day: started_at.slice(0, 10),
  minutes: '0',
  energy: '0',
  earnings_usd: '0',
  currency: null,
  earnings_amount: null,
});

export const begun = (order: OrderStarted): StagedOrder => uncounted(order, RUNNING);
export const heldForReview = (order: OrderHeld): StagedOrder => uncounted(order, HELD);

/** One that orders says of that it is not completed. */
export const stagedOther = (order: OtherOrder): StagedOrder =>
  uncounted(order, order.ended ? stageOf(order.revision, true) : RUNNING);

/** What an event says of its order. */
export const staged = (order: OrderCompleted, reversed = false): StagedOrder => ({
  order_id: order.order_id,
  charge_point_id: order.charge_point_id,
  stage: stageOf(order.revision, reversed),
  day: order.day,
  minutes: order.minutes,
  energy: order.energy,
  earnings_usd: order.earning_usd,
  ...inOwnCurrency(order),
});

function inOwnCurrency({ currency, rate, earning_usd, earning_amount }: OrderCompleted) {
  if (!currency || !rate) return { currency: null, earnings_amount: null };
  const amount = earning_amount ?? new Big(earning_usd).times(rate).round(8, Big.roundHalfUp).toFixed(8);
  return { currency, earnings_amount: amount };
}

/** Of each order what is furthest. */
export function furthest(orders: readonly StagedOrder[]): StagedOrder[] {
  const kept = new Map<number, StagedOrder>();
  for (const order of orders) {
    const known = kept.get(order.order_id);
    if (!known || known.stage < order.stage) kept.set(order.order_id, order);
  }
  return [...kept.values()];
}
