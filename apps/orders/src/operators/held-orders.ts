import { Injectable } from '@nestjs/common';
import {
  type HeldOrder,
  type ListHeldOrders,
  ORDER_STATUS,
  type OrderState,
  Refusal,
  type ReverseOrder,
} from '@open-cpo/contracts';
import type { Caller } from '@open-cpo/contracts';
import { Audit, Transactions } from '@open-cpo/persistence';
import { OrdersConfig } from '../config';
import { sessionIdOf } from '../back-ends/session-key';
import { Order, type OrderRow } from '../orders/order';
import { OrderReconciler } from '../orders/order-reconciler';
import { OrderWrites } from '../orders/order.writes';
import { isInFuture } from '../plausibility/plausibility';
import { SessionsRepository } from '../sessions/sessions.repository';
import { stateOf } from './order-state';

const PAGE = 100;

// One condition each, for the index that has no other rows.
const columns = `select o.id, o.session_id, o.account_id, o.charge_point_id, o.flags,
  to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as started_at,
  to_char(coalesce(s.ended_at, s.silent_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as ended_at,
  o.charging_session_time as minutes, o.charging_session_energy as energy
  from orders o join sessions s on s.session_id = o.session_id`;
const HELD = `${columns} where o.held and o.id > $1 order by o.id limit $2`;
const FLAGGED = `${columns} where o.flags <> '{}' and $3 = any(o.flags) and o.id > $1 order by o.id limit $2`;

/** Orders that wait for an operator. */
@Injectable()
export class HeldOrderReview {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionsRepository,
    private readonly writes: OrderWrites,
    private readonly book: OrderReconciler,
    private readonly audit: Audit,
    private readonly config: OrdersConfig,
  ) {}

  async list({ after, limit, flag }: ListHeldOrders): Promise<HeldOrder[]> {
    const page = [after ?? 0, limit ?? PAGE];
    const rows = await (flag
      ? this.transactions.query<HeldOrder>(FLAGGED, [...page, flag])
      : this.transactions.query<HeldOrder>(HELD, page));
    return rows.map((row) => ({ ...row, session_id: sessionIdOf(row.session_id) }));
  }

  /** The order gets the values of its session; a running one is no longer held. */
  async release({ orderId, reason, by }: ReverseOrder, caller: Caller): Promise<OrderState> {
    const found = await this.writes.byId(orderId);
    if (!found) throw new Refusal('not_found');
    // Whoever changes an order locks its session first.
    const rows = await this.sessions.locked([found.session_id]);
    const order = await this.writes.byId(orderId);
    if (!order) throw new Refusal('not_found');
    if (order.released && order.status !== ORDER_STATUS.cancelled) return this.unchanged(order);
    const released = new Order(order).release();
    const moments = rows.flatMap(({ started_at, ended_at, silent_at }) => ended_at ?? silent_at ?? started_at ?? []);
    if (moments.some((moment) => isInFuture(moment, this.config))) {
      throw new Refusal('conflict', { message: 'Its session is in the future: correct the order, or void it.' });
    }
    await this.writes.update([released]);
    await this.book.advanceLocked(rows);
    const after = (await this.writes.byId(orderId)) ?? order;
    const of = { accountId: order.account_id };
    const entry = { subject: 'order', id: orderId, of, before: stateOf(order) };
    await this.audit.write({ ...entry, after: { ...stateOf(after), flags: order.flags, reason, by } }, caller);
    return stateOf(after);
  }

  private unchanged(order: OrderRow): OrderState {
    this.audit.unchanged();
    return stateOf(order);
  }
}
