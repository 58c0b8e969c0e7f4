import { fact } from '../core/fact';
import { Choice, Day, Id, Int, Ref, Text } from '../fields';

/** How an order was paid: by the driver's means of payment, or in cash to a worker. */
export const ORDER_PAYMENTS = ['electronic', 'cash'] as const;
export type OrderPayment = (typeof ORDER_PAYMENTS)[number];

/** A charging session has begun; its order has status 0. */
export class OrderStarted {
  @Id() order_id: number;
  @Id() account_id: number;
  @Id() charge_point_id: number;
  @Int({ min: 0 }) connector_number?: number | null;
  /** ISO 8601. */
  @Text({ presence: 'required' }) started_at: string;
}

/**
 * A session has ended and was priced. Amounts are decimal texts in USD. Its effects are applied once per order,
 * revision and kind of fact.
 */
export class OrderCompleted {
  @Id() order_id: number;
  @Id() account_id: number;
  @Id() charge_point_id: number;
  @Int({ min: 0 }) connector_number?: number | null;
  /** 1 for the first pricing; one more with each correction. */
  @Int({ min: 1, presence: 'required' }) revision: number;
  /** Local day of the power center on which the session ended. */
  @Day({ presence: 'required' }) day: string;
  /** ISO 8601. */
  @Text({ presence: 'required' }) completed_at: string;
  @Text({ presence: 'required' }) minutes: string;
  /** In kWh, four decimals. */
  @Text({ presence: 'required' }) energy: string;
  /** What the session costs by its price. */
  @Text({ presence: 'required' }) price_usd: string;
  /** The owner's part of it. */
  @Text({ presence: 'required' }) earning_usd: string;
  /** What the driver pays on top. */
  @Text({ presence: 'required' }) fees_usd: string;
  @Choice(ORDER_PAYMENTS, { presence: 'required' }) payment: OrderPayment;
  /** Who took the cash. */
  @Ref() worker_id?: number | null;
  /** Price and fees in the owner's currency, as collected. */
  @Text() cash_amount?: string | null;
  @Text() cash_currency?: string | null;
}

/** Takes back a completed revision exactly; a corrected one may follow as OrderCompleted with the next revision. */
export class OrderReversed extends OrderCompleted {
  @Text({ presence: 'required' }) reason: string;
}

/** A driver rated an order. */
export class FeedbackGiven {
  @Id() feedback_id: number;
  @Id() order_id: number;
  @Id() account_id: number;
  @Id() charge_point_id: number;
  /** 0.00 to 5.00. */
  @Text({ presence: 'required' }) rating: string;
  @Text() previous_rating?: string | null;
}

// All of them go by the power center's id as their aggregate, so that what happens to one stays in order.
export const orderStarted = fact('orders.orders.started', OrderStarted);
export const orderCompleted = fact('orders.orders.completed', OrderCompleted);
export const orderReversed = fact('orders.orders.reversed', OrderReversed);
export const feedbackGiven = fact('orders.feedback.given', FeedbackGiven);
