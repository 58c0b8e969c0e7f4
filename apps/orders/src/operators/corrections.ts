import { Injectable } from '@nestjs/common';
import {
  type Caller,
  type CorrectOrder,
  instantOf,
  ORDER_STATUS,
  type OrderState,
  Refusal,
  type ReverseOrder,
} from '@open-cpo/contracts';
import { Audit, Outbox, type PendingEvent } from '@open-cpo/persistence';
import Big from 'big.js';
import { Accounts } from '../accounts/accounts';
import type { Tariff } from '../charge-points/tariff';
import { Tariffs } from '../charge-points/tariffs';
import { OrdersConfig } from '../config';
import { feeOf, measured, type Outcome, type Terms } from '../orders/figures';
import { CounterRepository, CounterDeltas } from '../orders/counter.repository';
import { Order, type OrderRow } from '../orders/order';
import { replace } from '../orders/order-reconciler';
import { OrderWrites } from '../orders/order.writes';
import { endSoFar, type Known, voided } from '../orders/voided';
import type { MeasuredEnergy } from '../plausibility/energy';
import { deliverableAt, isInFuture } from '../plausibility/plausibility';
import { hasStarted } from '../sessions/session';
import { SessionsRepository } from '../sessions/sessions.repository';
import { stateOf } from './order-state';

/** Reverses orders and completes them again. An operator's decision is final. */
@Injectable()
export class Corrections {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly writes: OrderWrites,
    private readonly kept: CounterRepository,
    private readonly accounts: Accounts,
    private readonly tariffs: Tariffs,
    private readonly config: OrdersConfig,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** A second time it changes nothing. */
  async reverse({ orderId, reason, by }: ReverseOrder, caller: Caller): Promise<OrderState> {
    const { order } = await this.locked(orderId);
    if (order.status === ORDER_STATUS.cancelled) return this.unchanged(order);
    return this.become(order, new Order(order).reverse(), { reason, by, deed: 'reverse' }, caller);
  }

  /** In any state; a complete one is reversed and completed again. */
  async correct(input: CorrectOrder, caller: Caller): Promise<OrderState> {
    return this.complete(await this.locked(input.orderId), input, 'correct', caller);
  }

  /** Completes an order in any state with what its session has reported so far. A complete one stays as it is. */
  async settle(input: ReverseOrder, caller: Caller): Promise<OrderState> {
    const found = await this.locked(input.orderId);
    if (found.order.status === ORDER_STATUS.completed) return this.unchanged(found.order);
    return this.complete(found, input, 'settle', caller);
  }

  private async complete(found: Known, input: CorrectOrder, deed: string, caller: Caller): Promise<OrderState> {
    const { order, readings } = found;
    const { reason, by, started_at, energy_wh } = input;
    // A start that an operator corrected once stays.
    const started = started_at ? momentOf(started_at) : order.created_at;
    const session = { ...found.session, started_at: started };
    const ended = input.ended_at ? momentOf(input.ended_at) : endSoFar({ order, session, readings });
    if (ended < started) throw endRefusal('The ended at field must not be before the session began.');
    if (isInFuture(ended, this.config)) throw endRefusal('The ended at field must not be in the future.');
    const tariff = await this.tariffOf(order, started);
    const reported = measured(session, readings, ended, deliverableAt(order.power_kw, this.config));
    const energy = energy_wh === null || energy_wh === undefined ? energyOf(order, reported) : new Big(energy_wh);
    const outcome: Outcome = { startedAt: started, endedAt: ended, measured: { ...reported, energy, flags: [] } };
    const terms = await this.termsOf(order);
    const corrected = new Order({ ...order, tariff, unit: tariff.unit, created_at: started, released: true });
    const completion = { outcome, terms, workerId: session.worker_id, readings: readings.length, at: new Date() };
    return this.become(order, corrected.complete(completion), { reason, by, deed }, caller);
  }

  /** Ends an order in any state: nothing is paid for it. A second time it changes nothing. */
  async void(input: ReverseOrder, caller: Caller): Promise<OrderState> {
    const { orderId, reason, by } = input;
    const known = await this.locked(orderId);
    if (known.order.status === ORDER_STATUS.completed) return this.reverse(input, caller);
    if (known.order.status === ORDER_STATUS.cancelled) return this.unchanged(known.order);
    const { order, domainEvents } = voided(known, reason);
    const state = await this.become(known.order, order, { reason, by, deed: 'void' }, caller);
    await this.outbox.publishAll(domainEvents);
    return state;
  }

  /** What is kept, or where that is not sure or the start was corrected, what stations says. */
  private async tariffOf(
    { tariff, earning_rate, created_at, charge_point_id: id }: OrderRow,
    at: Date,
  ): Promise<Tariff> {
    const moved = at.getTime() !== created_at.getTime();
    if (!moved && (earning_rate !== null || tariff.confirmed)) return tariff;
    const [found] = (await this.tariffs.confirmed([{ id, at }])) ?? [];
    if (!found && moved) throw new Refusal('service_unavailable');
    return found ?? tariff;
  }

  /** Those of the day on which it was completed; of an order that never was priced, those of today. */
  private async termsOf(order: OrderRow): Promise<Terms> {
    const { currency, rate, earning_rate, flat_fee_usd, fees_usd } = order;
    if (earning_rate !== null) {
      const settlement = { currency: currency ?? 'USD', rate: rate ?? '1' };
      return { fee: flat_fee_usd ?? fees_usd, earningRate: earning_rate, settlement };
    }
    const known = (await this.accounts.currencies([order.account_id])).get(order.account_id);
    if (known === undefined) throw new Refusal('service_unavailable');
    const { ownerEarningRate: earningRate } = this.config;
    const fee = feeOf(order.payment, this.config);
    return { fee, earningRate, settlement: { currency: known, rate: this.accounts.rateOf(known) } };
  }

  /** Whoever changes the order locks its session first. */
  private async locked(id: number): Promise<Known> {
    const found = await this.writes.byId(id);
    if (!found) throw new Refusal('not_found');
    const [session] = (await this.sessions.locked([found.session_id])).filter(hasStarted);
    const order = await this.writes.byId(id);
    if (!session || !order) throw new Refusal('not_found');
    // Another start was received before its own, and it has gone to a session of its own since.
    if (order.session_id !== found.session_id) throw new Refusal('conflict');
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
    const moves = new CounterDeltas();
    const events: PendingEvent[] = [];
    replace(before, after, reason, moves, events);
    await this.writes.update([after]);
    await this.kept.write(moves);
    await this.outbox.publishAll(events);
    const of = { accountId: before.account_id };
    const entry = { action: `orders.${deed}`, subject: 'order', id: before.id, of, before: stateOf(before) };
    await this.audit.write({ ...entry, after: { ...stateOf(after), reason, by } }, caller);
    return stateOf(after);
  }

  private unchanged(order: OrderRow): OrderState {
    this.audit.unchanged();
    return stateOf(order);
  }
}

/** Wh: of an order that was never complete nor held, what its registers say so far. */
function energyOf({ revision, held, charging_session_energy }: OrderRow, { energy }: MeasuredEnergy): Big {
  const known = new Big(charging_session_energy).times(1000);
  return revision === 0 && !held ? (energy ?? known) : known;
}

const momentOf = (text: string): Date => new Date(instantOf(text) ?? text);

const endRefusal = (message: string): Refusal =>
  new Refusal('validation_failed', { message, fields: { ended_at: [message] } });
