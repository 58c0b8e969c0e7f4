import { ListQuery, SortBy, type SortCriterion } from '../core/list-query';
import { operations, page, read, stream } from '../core/operation';
import { Day, Id, Int } from '../fields';
import { FeedbackGiven, OrderCompleted } from './facts';
import { ChargePointOrder, Order } from './order-shapes';

export const ORDER_SORT_KEYS = ['insert_date', 'duration', 'energy', 'price', 'totalEarning'] as const;

/** The search looks into the identifiers of power centers. */
export class ListOrders extends ListQuery {
  @SortBy(ORDER_SORT_KEYS) sortBy?: SortCriterion[] | null;
}

/** An order where the reference calls its parameter so (L1458). */
export class OrderRef {
  @Id() orderID: number;
}

/** A power center where the reference calls it so (L1587). */
export class OrdersOfChargePoint {
  @Id() chargePointID: number;
}

export class ChargePointOrdersRef {
  @Id() id: number;
}

export const orders = operations('orders.orders', {
  /** One page, newest first. */
  table: read(ListOrders, page(Order)),
  /** All rows. */
  all: stream(ListOrders, Order),
  /** Somebody else's is not found. */
  one: read(OrderRef, Order),
  /** Somebody else's power center is not found. */
  ofChargePoint: stream(OrdersOfChargePoint, Order),
  /** Somebody else's power center is forbidden. */
  ofPowerCenter: stream(ChargePointOrdersRef, ChargePointOrder),
});

export class ClosedOrders {
  /** Of days from this one on, in the power centers' own calendars. */
  @Day() since?: string | null;
  /** Of one power center. */
  @Int({ min: 1 }) chargePointId?: number | null;
}

/** An order that is not completed: its session goes on, it waits for an operator, or it was taken back. */
export class OtherOrder {
  order_id: number;
  charge_point_id: number;
  /** ISO 8601. */
  started_at: string;
  /** Its session has ended. */
  ended: boolean;
  /** How often it was completed. */
  revision: number;
}

export class RatingsOf {
  @Int({ min: 1, presence: 'required' }) chargePointId: number;
}

/** For other services, who rebuild from it what they keep; no route leads here. */
export const ordersInternal = operations('orders.internal', {
  /** Every completed order with the contents of its last OrderCompleted, by id; reversed ones are left out. */
  closed: stream(ClosedOrders, OrderCompleted),
  /** Every order of one power center that `closed` leaves out, by id. */
  others: stream(RatingsOf, OtherOrder),
  /** Every feedback on one power center with the contents of its last FeedbackGiven, by id. */
  ratings: stream(RatingsOf, FeedbackGiven),
});
