import { ApiProperty } from '../core/documentation';
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

/** Registers that one answer shows at most; of more, evenly chosen ones. */
export const MOST_READINGS = 500;

/** The meter at a moment of a session. */
export class OrderReading {
  @ApiProperty({ example: '2025-01-08T07:33:27.000000Z' }) at: string;
  /** kWh since the session began. */
  @ApiProperty({ example: '1.5600' }) energy: string;
}

export class OrderReadings {
  /** How many registers are known: those of the beginning, of the end, and those reported between them. */
  @ApiProperty({ example: 31 }) total: number;
  /** The oldest first, with the first and the last one. Empty for imported orders, and 180 days after the end. */
  @ApiProperty({ type: [OrderReading] }) readings: OrderReading[];
}

export const orders = operations('orders.orders', {
  /** One page, newest first. */
  table: read(ListOrders, page(Order)),
  /** All rows. */
  all: stream(ListOrders, Order),
  /** 404 for one of another account. */
  one: read(OrderRef, Order),
  /** What the meter showed during its session. Somebody else's is not found. */
  readings: read(OrderRef, OrderReadings),
  /** 404 for a power center of another account. */
  ofChargePoint: stream(OrdersOfChargePoint, Order),
  /** 403 for a power center of another account. */
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
