import type { OrderCompleted } from '@open-cpo/contracts';

/** An order as far as it counts for its power center. */
export interface StagedOrder {
  readonly order_id: number;
  readonly charge_point_id: number;
  readonly stage: number;
  readonly day: string;
  readonly minutes: string;
  readonly energy: string;
  readonly earnings_usd: string;
}

/**
 * How far an order has come: even when it was completed, odd when that was taken back. What is told of one order has an
 * order of its own, so that facts may come late, twice and in any order: the furthest stage is what counts.
 */
export const stageOf = (revision: number, reversed: boolean): number => 2 * revision + (reversed ? 1 : 0);

/** What a fact says of its order. */
export const staged = (order: OrderCompleted, reversed = false): StagedOrder => ({
  order_id: order.order_id,
  charge_point_id: order.charge_point_id,
  stage: stageOf(order.revision, reversed),
  day: order.day,
  minutes: order.minutes,
  energy: order.energy,
  earnings_usd: order.earning_usd,
});

/** Of each order what is furthest. */
export function furthest(orders: readonly StagedOrder[]): StagedOrder[] {
  const kept = new Map<number, StagedOrder>();
  for (const order of orders) {
    const known = kept.get(order.order_id);
    if (!known || known.stage < order.stage) kept.set(order.order_id, order);
  }
  return [...kept.values()];
}
