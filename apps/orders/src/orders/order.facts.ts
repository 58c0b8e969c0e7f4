import type { OrderCompleted, OrderHeld, OrderReversed, OrderStarted } from '@open-cpo/contracts';
import { orderCompleted, orderHeld, orderReversed, orderStarted } from '@open-cpo/contracts';
import { inUnits, type PendingEvent } from '@open-cpo/persistence';
import Big from 'big.js';
import { backEndOfSession, sessionIdOf } from '../back-ends/session-key';
import type { OrderRow } from './order';

/** An event of the order's power center, whose events stay in order. */
const eventOf = (
  { charge_point_id }: OrderRow,
  domainEvent: PendingEvent['domainEvent'],
  payload: object,
): PendingEvent => ({
  domainEvent,
  aggregateId: charge_point_id,
  payload,
});

export function started(order: OrderRow): PendingEvent {
  const payload: OrderStarted = {
    order_id: order.id,
    account_id: order.account_id,
    charge_point_id: order.charge_point_id,
    connector_number: order.connector_number,
    started_at: order.created_at.toISOString(),
    session_id: sessionIdOf(order.session_id),
    back_end: backEndOfSession(order.session_id) ?? null,
  };
  return eventOf(order, orderStarted, payload);
}

/** `ended`: when its session ended, which frees its connector. */
export function heldForReview(order: OrderRow, ended: Date | null): PendingEvent {
  const { id: order_id, account_id, charge_point_id, connector_number } = order;
  const payload: OrderHeld = {
    order_id,
    account_id,
    charge_point_id,
    connector_number,
    started_at: order.created_at.toISOString(),
    reasons: [...order.flags],
    ended_at: ended?.toISOString() ?? null,
  };
  return eventOf(order, orderHeld, payload);
}

/** The `OrderCompleted` of an order, derived from the order itself. */
export function completion(order: OrderRow): OrderCompleted {
  const cash = order.payment === 'cash' && order.currency !== null && order.rate !== null;
  return {
    order_id: order.id,
    account_id: order.account_id,
    charge_point_id: order.charge_point_id,
    connector_number: order.connector_number,
    revision: order.revision,
    day: order.day ?? '',
    completed_at: (order.delivered_at ?? order.updated_at).toISOString(),
    minutes: order.charging_session_time,
    energy: order.charging_session_energy,
    price_usd: order.price_usd,
    earning_usd: order.earning_usd,
    fees_usd: order.fees_usd,
    payment: order.payment,
    worker_id: order.worker_id,
    cash_amount: cash ? collected(order, order.rate ?? '1') : null,
    cash_currency: cash ? order.currency : null,
    currency: order.currency,
    // In the decimals in which it is stored: a repetition equals the first.
    rate: order.rate === null ? null : new Big(order.rate).toFixed(8),
    earning_amount: order.amounts_currency === order.currency ? order.earning_amount : null,
    ...(order.closed_by === 'import' ? { imported: true } : {}),
  };
}

/** Price and fee in the owner's currency, in its smallest unit: there are no others to hand over. */
function collected(order: OrderRow, rate: string): string {
  const price = order.price_amount ?? new Big(order.price_usd).times(rate);
  return inUnits(new Big(order.fees_usd).times(rate).plus(price), order.currency ?? 'USD');
}

export const completed = (order: OrderRow): PendingEvent => eventOf(order, orderCompleted, completion(order));

export function reversed(order: OrderRow, reason: string): PendingEvent {
  const payload: OrderReversed = { ...completion(order), reason };
  return eventOf(order, orderReversed, payload);
}
