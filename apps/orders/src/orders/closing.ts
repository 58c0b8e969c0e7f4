import { Injectable } from '@nestjs/common';
import Big from 'big.js';
import { Accounts } from '../accounts/accounts';
import { OrdersConfig } from '../config';
import { type Flag, FLAGS, holds } from '../plausibility/flags';
import { deliverableAt, judgeEnd } from '../plausibility/plausibility';
import type { Reading, StartedSession } from '../sessions/session';
import { endOf, feeOf, measured, type Outcome, type Terms } from './figures';
import { Order, type OrderRow } from './order';

const FIGURES = ['price_usd', 'earning_usd', 'fees_usd', 'charging_session_time', 'charging_session_energy'] as const;
const DAY_MS = 86_400_000;

/** A session that has ended, with its order. */
export interface ToClose {
  readonly session: StartedSession;
  readonly order: OrderRow;
  readonly readings: readonly Reading[];
}

/** What became of an order; `rejected`: why the values of its session did not change it. */
export interface Closed {
  readonly order: OrderRow;
  readonly rejected?: string;
}

/** What a session's end makes of its order, on the terms of the day on which it was first completed. */
@Injectable()
export class Closing {
  constructor(
    private readonly accounts: Accounts,
    private readonly config: OrdersConfig,
  ) {}

  /**
   * The completed order, or one that is held; the same object when nothing has changed since, and the same revision when its
   * flags alone have.
   */
  close({ session, order, readings }: ToClose, currency: string): Closed {
    const end = endOf(session);
    if (!end) return { order };
    const now = new Date();
    const { outcome, flags } = this.judged({ session, order, readings }, end, now);
    if (!order.released && holds(flags)) return hold(order, outcome, flags);
    const terms = this.termsOf(order, currency);
    const completion = { outcome, terms, workerId: session.worker_id, readings: readings.length, at: now };
    const closedBy = session.ended_at ? 'event' : 'silence';
    const changed: OrderRow = { ...new Order(order).complete(completion), closed_by: closedBy, updated_at: end, flags };
    if (this.isTooMuch(changed)) return hold(order, outcome, withFlag(flags, 'amount_too_high'));
    return order.revision === 0 ? { order: changed } : this.again(order, changed, readings);
  }

  /** What a completed order becomes by events that come after its end. */
  private again(order: OrderRow, changed: OrderRow, readings: readonly Reading[]): Closed {
    const { flags } = changed;
    const why = this.closedFor(order, readings, new Date());
    if (differs(order, changed)) return why ? { order, rejected: why } : { order: changed };
    return { order: why || sameFlags(order.flags, flags) ? order : { ...order, flags, readings: readings.length } };
  }

  /** Prices are the owner's choice, but what they come to is paid out. */
  private isTooMuch({ released, payment, price_usd }: OrderRow): boolean {
    return !released && payment !== 'settled' && new Big(price_usd).gt(this.config.sessionMaxAmountUsd);
  }

  /** Those that it was first completed on, or today's. */
  private termsOf(order: OrderRow, currency: string): Terms {
    const settlement = {
      currency: order.currency ?? currency,
      rate: order.rate ?? this.accounts.rateOf(currency),
    };
    const fee = order.flat_fee_usd ?? (order.revision === 0 ? feeOf(order.payment, this.config) : order.fees_usd);
    return { fee, earningRate: order.earning_rate ?? this.config.ownerEarningRate, settlement };
  }

  private judged({ session, order, readings }: ToClose, end: Date, now: Date) {
    const deliverable = deliverableAt(order.power_kw, this.config);
    const found = measured(session, readings, end, deliverable);
    const soldByEnergy =
      order.tariff.unit === 'energy' || (order.tariff.limit_type === 'energy' && order.tariff.limit_value > 0);
    const ending = {
      startedAt: session.started_at,
      endedAt: session.ended_at ?? end,
      silent: session.ended_at === null && session.end_event_id === null,
      assumed: session.ended_at === null && session.end_event_id !== null,
      measured: readings.some(({ at }) => at >= session.started_at),
      energy: found.energy,
      soldByEnergy,
    };
    const ofEnd = judgeEnd(ending, deliverable, this.config, now);
    const flags = new Set<Flag>([...order.flags.filter((flag) => STAYING.has(flag)), ...found.flags, ...ofEnd]);
    const outcome: Outcome = { startedAt: session.started_at, endedAt: end, measured: found };
    return { outcome, flags: FLAGS.filter((flag) => flags.has(flag)) };
  }

  /** Why events change a completed order no more. */
  private closedFor(
    { id, completed_at, delivered_at, readings: before }: OrderRow,
    readings: readonly Reading[],
    now: Date,
  ) {
    if (readings.length < (before ?? 0)) return `Order ${id} was priced by more readings than are left.`;
    return this.isOpenToEvents({ completed_at, delivered_at }, now)
      ? undefined
      : `Order ${id} has been complete for more than ${this.config.orderOpenToEventsDays} days: only an operator can correct it.`;
  }

  /** Whether it is not complete, or has not been for long. */
  isOpenToEvents({ completed_at, delivered_at }: Pick<OrderRow, 'completed_at' | 'delivered_at'>, now: Date): boolean {
    const since = completed_at ?? delivered_at ?? now;
    return now.getTime() - since.getTime() <= this.config.orderOpenToEventsDays * DAY_MS;
  }
}

/** What was found at the beginning, and what time would make plausible, stays. */
const STAYING: ReadonlySet<Flag> = new Set<Flag>([
  'start_before_power_center',
  'start_after_removal',
  'start_too_old',
  'start_in_future',
  'connector_unknown',
  'connector_overlap',
  'amount_too_high',
]);

const withFlag = (flags: readonly Flag[], added: Flag): Flag[] =>
  FLAGS.filter((flag) => flag === added || flags.includes(flag));

/** What was completed once is held no more: what is not plausible does not change it. */
function hold(order: OrderRow, outcome: Outcome, flags: Flag[]): Closed {
  if (order.revision === 0) return { order: new Order(order).hold(outcome, flags) };
  return { order, rejected: `Order ${order.id} is complete, and this is not plausible: ${flags.join(', ')}.` };
}

const sameFlags = (before: readonly string[], after: readonly string[]): boolean =>
  [...before].sort().join() === [...after].sort().join();

function differs(before: OrderRow, after: OrderRow): boolean {
  if (before.delivered_at?.getTime() !== after.delivered_at?.getTime()) return true;
  return FIGURES.some((name) => before[name] !== after[name]);
}
