import { domainEvent } from '../core/domain-event';
import { Bool, Choice, Day, Id, Int, Json, Ref, Text } from '../fields';
import { PRICE_UNITS, type PriceUnit } from '../stations/charge-point-words';

/**
 * How an order was paid: by the driver's means of payment, in cash to a worker, or `settled`: elsewhere, before it was published. A
 * settled order has amounts and counts in statistics, but nothing is owed for it: the ledger posts nothing.
 */
export const ORDER_PAYMENTS = ['electronic', 'cash', 'settled'] as const;
export type OrderPayment = (typeof ORDER_PAYMENTS)[number];

export const SESSION_LIMITS = ['session_limit', 'requested_quantity'] as const;
export type SessionLimit = (typeof SESSION_LIMITS)[number];

class AboutOpenOrder {
  @Id() order_id: number;
  @Id() account_id: number;
  @Id() charge_point_id: number;
  @Int({ min: 0 }) connector_number?: number | null;
  /** ISO 8601. */
  @Text({ presence: 'required' }) started_at: string;
}

/** A charging session has begun; its order has status 0. */
export class OrderStarted extends AboutOpenOrder {
  /** As its back end named it. */
  @Text() session_id?: string | null;
  /** The back end, where it has a credential of its own: its session ids are its own. */
  @Text() back_end?: string | null;
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
  /** The owner's currency when the order was first completed, and its units for one US dollar then. */
  @Text() currency?: string | null;
  @Text() rate?: string | null;
  /** The owner's part in that currency, as decimal text: exact, while USD has eight decimals. */
  @Text() earning_amount?: string | null;
  /** History that its owner imported: it counts, without notifications. */
  @Bool() imported?: boolean | null;
}

/** Takes back a completed revision exactly; a corrected one may follow as OrderCompleted with the next revision. */
export class OrderReversed extends OrderCompleted {
  @Text({ presence: 'required' }) reason: string;
}

/**
 * An order waits for an operator: its session is not plausible. Its status stays 0, and it is no money. Published
 * again when more is known.
 */
export class OrderHeld extends AboutOpenOrder {
  /** Documented in docs/charging-events.md. */
  @Json({ presence: 'required' }) reasons: string[];
  /** ISO 8601: when its session ended; null while it goes on. */
  @Text() ended_at?: string | null;
}

/** A session that goes on has reached its limit, or what was asked for: its charger can be stopped. Published once. */
export class SessionLimitReached extends AboutOpenOrder {
  @Text({ presence: 'required' }) session_id: string;
  /** As in `OrderStarted`. */
  @Text() back_end?: string | null;
  /** Which one: the power center's session limit, or the quantity that was asked for. */
  @Choice(SESSION_LIMITS, { presence: 'required' }) limit: SessionLimit;
  /** What the value counts. */
  @Choice(PRICE_UNITS, { presence: 'required' }) unit: PriceUnit;
  /** Minutes or kWh, as decimal text. */
  @Text({ presence: 'required' }) value: string;
  /** ISO 8601: the reading by which it was reached. */
  @Text({ presence: 'required' }) reached_at: string;
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
export const orderStarted = domainEvent('orders.orders.started', OrderStarted);
export const orderHeld = domainEvent('orders.orders.held', OrderHeld);
export const sessionLimitReached = domainEvent('orders.orders.limit-reached', SessionLimitReached);
export const orderCompleted = domainEvent('orders.orders.completed', OrderCompleted);
export const orderReversed = domainEvent('orders.orders.reversed', OrderReversed);
export const feedbackGiven = domainEvent('orders.feedback.given', FeedbackGiven);
