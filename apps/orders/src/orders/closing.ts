import { Injectable } from '@nestjs/common';
import { ORDER_STATUS } from '@open-cpo/contracts';
import { Accounts } from '../accounts/accounts';
import { OrdersConfig } from '../config';
import type { Reading, StartedSession } from '../sessions/session';
import { endOf, figuresAt } from './figures';
import { localDay } from './local-day';
import type { OrderRow } from './order';

const FIGURES = ['price_usd', 'earning_usd', 'fees_usd', 'charging_session_time', 'charging_session_energy'] as const;

/** A session that has ended, with its order. */
export interface ToClose {
  readonly session: StartedSession;
  readonly order: OrderRow;
  readonly readings: readonly Reading[];
}

/** What a session's end makes of its order, on the terms of the day on which it was first completed. */
@Injectable()
export class Closing {
  constructor(
    private readonly accounts: Accounts,
    private readonly config: OrdersConfig,
  ) {}

  /** The completed order; the same object when nothing has changed since. */
  close({ session, order, readings }: ToClose, currency: string): OrderRow {
    const end = endOf(session, readings);
    if (!end) return order;
    const first = order.revision === 0;
    const earning_rate = order.earning_rate ?? this.config.ownerEarningRate;
    const fee = first ? this.config.orderFlatFeeUsd : order.fees_usd;
    const figures = figuresAt(session, readings, end, order.tariff, { fee, earningRate: earning_rate });
    const changed: OrderRow = {
      ...order,
      ...figures,
      worker_id: session.worker_id,
      status: ORDER_STATUS.completed,
      revision: order.revision + 1,
      closed_by: session.ended_at ? 'event' : 'silence',
      earning_rate,
      currency: order.currency ?? currency,
      rate: order.rate ?? this.accounts.rateOf(currency),
      day: localDay(order.tariff.time_zone, end.at),
      delivered_at: end.at,
      updated_at: end.at,
    };
    return first || differs(order, changed) ? changed : order;
  }
}

function differs(before: OrderRow, after: OrderRow): boolean {
  if (before.delivered_at?.getTime() !== after.delivered_at?.getTime()) return true;
  return FIGURES.some((name) => before[name] !== after[name]);
}
