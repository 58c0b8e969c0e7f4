import { Injectable } from '@nestjs/common';
import {
  type Caller,
  type CorrectOrder,
  ORDER_STATUS,
  type OrderState,
  Refusal,
  type ReverseOrder,
} from '@open-cpo/contracts';
import { Audit, Outbox, type Told } from '@open-cpo/persistence';
import Big from 'big.js';
import { figuresAt, nothingYet } from '../orders/figures';
import { FiguresKept, Moves } from '../orders/figures-kept';
import { localDay } from '../orders/local-day';
import type { OrderRow } from '../orders/order';
import { replace } from '../orders/order-book';
import { OrderWrites } from '../orders/order.writes';
import { hasStarted, type Reading, type StartedSession } from '../sessions/session';
import { SessionsRepository } from '../sessions/sessions.repository';

/** Takes orders back and completes them anew. An operator's word is the last one. */
@Injectable()
export class Corrections {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly writes: OrderWrites,
    private readonly kept: FiguresKept,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** A second time it changes nothing. */
  async reverse({ orderId, reason, by }: ReverseOrder, caller: Caller): Promise<OrderState> {
    const { order } = await this.locked(orderId);
    if (order.status === ORDER_STATUS.cancelled) return stateOf(order);
    if (order.status !== ORDER_STATUS.completed)
      throw new Refusal('conflict', { message: 'The order is not complete.' });
    const { charging_session_time, charging_session_energy, quantity } = order;
    const none = { ...nothingYet(order.tariff), charging_session_time, charging_session_energy, quantity };
    return this.become(
      order,
      { ...order, ...none, status: ORDER_STATUS.cancelled },
      { reason, by, deed: 'reverse' },
      caller,
    );
  }

  async correct({ orderId, reason, by, ended_at, energy_wh }: CorrectOrder, caller: Caller): Promise<OrderState> {
    const { order, session, readings } = await this.locked(orderId);
    const ended = ended_at ? new Date(ended_at) : order.delivered_at;
    if (order.revision === 0 || !ended) throw new Refusal('conflict', { message: 'The order is not complete.' });
    if (ended < session.started_at) throw early();
    const energy = energy_wh ?? new Big(order.charging_session_energy).times(1000).toFixed();
    const end = { at: ended, wh: new Big(session.start_wh ?? 0).plus(energy).toFixed() };
    const terms = { fee: order.fees_usd, earningRate: order.earning_rate ?? '0' };
    const figures = figuresAt(session, readings, end, order.tariff, terms);
    const after: OrderRow = {
      ...order,
      ...figures,
      status: ORDER_STATUS.completed,
      revision: order.revision + 1,
      day: localDay(order.tariff.time_zone, ended),
      delivered_at: ended,
    };
    return this.become(order, after, { reason, by, deed: 'correct' }, caller);
  }

  /** Whoever changes the order locks its session first. */
  private async locked(id: number): Promise<{ order: OrderRow; session: StartedSession; readings: Reading[] }> {
    const found = await this.writes.byId(id);
    if (!found) throw new Refusal('not_found');
    const [session] = (await this.sessions.locked([found.session_id])).filter(hasStarted);
    const order = await this.writes.byId(id);
    if (!session || !order) throw new Refusal('not_found');
    const readings = await this.sessions.readings([session.session_id]);
    return { order, session, readings: readings.get(session.session_id) ?? [] };
  }

  private async become(
    before: OrderRow,
    changed: OrderRow,
    { reason, by, deed }: { reason: string; by: string; deed: string },
    caller: Caller,
  ): Promise<OrderState> {
    const after: OrderRow = { ...changed, closed_by: 'operator', updated_at: new Date() };
    const moves = new Moves();
    const told: Told[] = [];
    replace(before, after, reason, moves, told);
    await this.writes.update([after]);
    await this.kept.write(moves);
    await this.outbox.facts(told);
    const entry = { action: `orders.${deed}`, subject: 'order', id: before.id, before: stateOf(before) };
    await this.audit.write({ ...entry, after: { ...stateOf(after), reason, by } }, caller);
    return stateOf(after);
  }
}

const early = (): Refusal => {
  const message = 'The ended at field must not be before the session began.';
  return new Refusal('validation_failed', { message, fields: { ended_at: [message] } });
};

const stateOf = ({ id, status, revision, price_usd, earning_usd }: OrderRow): OrderState => ({
  id,
  status,
  revision,
  price_usd,
  earning_usd,
});
