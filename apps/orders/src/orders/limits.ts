import type { PriceUnit, SessionLimit, SessionLimitReached } from '@open-cpo/contracts';
import { sessionLimitReached } from '@open-cpo/contracts';
import type { PendingEvent } from '@open-cpo/persistence';
import Big from 'big.js';
import { backEndOfSession, sessionIdOf } from '../back-ends/session-key';
import type { OrderRow } from './order';

/** How far a session may go. */
interface Limit {
  readonly limit: SessionLimit;
  readonly unit: PriceUnit;
  readonly value: string;
}

/** The limit of the power center, and what was asked for; `FULL` and 0 are none. */
function limitsOf({ tariff, unit: sold, requested_quantity, requested_unit }: OrderRow): Limit[] {
  const { limit_type, limit_value } = tariff;
  const limits: Limit[] = [];
  if (limit_type) limits.push({ limit: 'session_limit', unit: limit_type, value: String(limit_value) });
  const unit = requested_unit ?? sold;
  if (/^\d/.test(requested_quantity)) limits.push({ limit: 'requested_quantity', unit, value: requested_quantity });
  return limits.filter(({ value }) => new Big(value).gt(0));
}

/** The limit that an order in progress has come to; nothing where there is none, or none was reached. */
export function reachedLimit(order: OrderRow): Limit | undefined {
  const sold = { minutes: order.charging_session_time, energy: order.charging_session_energy };
  return limitsOf(order).find(({ unit, value }) => new Big(sold[unit]).gte(value));
}

/** The limit in minutes that an order in progress has come to by the clock, and when; also where no reading came. */
export function reachedByTime(order: OrderRow, now: Date): { limit: Limit; at: Date } | undefined {
  const started = order.created_at.getTime();
  const minutes = new Big(now.getTime() - started).div(60_000);
  const limit = limitsOf(order).find(({ unit, value }) => unit === 'minutes' && minutes.gte(value));
  return limit && { limit, at: new Date(started + new Big(limit.value).times(60_000).toNumber()) };
}

/** An event of the order's power center, like all events of orders. */
export function limitReached(order: OrderRow, { limit, unit, value }: Limit, at = order.updated_at): PendingEvent {
  const payload: SessionLimitReached = {
    order_id: order.id,
    session_id: sessionIdOf(order.session_id),
    back_end: backEndOfSession(order.session_id) ?? null,
    account_id: order.account_id,
    charge_point_id: order.charge_point_id,
    connector_number: order.connector_number,
    started_at: order.created_at.toISOString(),
    limit,
    unit,
    value,
    reached_at: at.toISOString(),
  };
  return { domainEvent: sessionLimitReached, aggregateId: order.charge_point_id, payload };
}
