import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import Big from 'big.js';
import { EarnedSums, ownEarning } from './earned';
import type { OrderRow } from './order';

const ACCOUNTS = `
  insert into account_totals as t (account_id, orders, feedback)
  select account_id, orders, feedback from json_populate_recordset(null::account_totals, $1) order by account_id
  on conflict (account_id) do update set orders = t.orders + excluded.orders, feedback = t.feedback + excluded.feedback`;

const CHARGE_POINTS = `
  insert into charge_point_totals as t (charge_point_id, account_id, orders, earnings_usd, earned)
  select charge_point_id, account_id, orders, earnings_usd, add_earned('{}', earned)
  from json_populate_recordset(null::charge_point_totals, $1) order by charge_point_id
  on conflict (charge_point_id) do update
    set orders = t.orders + excluded.orders, earnings_usd = t.earnings_usd + excluded.earnings_usd,
      earned = case when excluded.earned = '{}' then t.earned else add_earned(t.earned, excluded.earned) end`;

const DAYS = `
  insert into charge_point_days as d (charge_point_id, day, orders, earnings_usd, earned)
  select charge_point_id, day, orders, earnings_usd, add_earned('{}', earned)
  from json_populate_recordset(null::charge_point_days, $1) order by charge_point_id, day
  on conflict (charge_point_id, day) do update
    set orders = d.orders + excluded.orders, earnings_usd = d.earnings_usd + excluded.earnings_usd,
      earned = add_earned(d.earned, excluded.earned)`;

/** A day on which nothing is left is no day. */
const EMPTY_DAYS = 'delete from charge_point_days where charge_point_id = any($1::int[]) and orders = 0';

/** How counts and sums move; gathered in a transaction and written at its end, always in the same order. */
export class CounterDeltas {
  readonly accounts = new Map<number, { account_id: number; orders: number; feedback: number }>();
  readonly chargePoints = new Map<
    number,
    { charge_point_id: number; account_id: number; orders: number; earnings: Big; earned: EarnedSums }
  >();
  readonly days = new Map<
    string,
    { charge_point_id: number; day: string; orders: number; earnings: Big; earned: EarnedSums }
  >();

  opened({ account_id, charge_point_id }: Pick<OrderRow, 'account_id' | 'charge_point_id'>): void {
    this.account(account_id).orders += 1;
    this.chargePoint(account_id, charge_point_id).orders += 1;
  }

  completed(order: OrderRow, times: 1 | -1): void {
    const { account_id, charge_point_id, day, earning_usd } = order;
    const earning = new Big(earning_usd).times(times);
    const total = this.chargePoint(account_id, charge_point_id);
    total.earnings = total.earnings.plus(earning);
    const key = `${charge_point_id} ${day}`;
    const none = { charge_point_id, day: day ?? '', orders: 0, earnings: new Big(0), earned: new EarnedSums() };
    const move = this.days.get(key) ?? none;
    this.days.set(key, { ...move, orders: move.orders + times, earnings: move.earnings.plus(earning) });
    const own = ownEarning(order);
    if (!own) return;
    for (const { earned } of [total, move]) earned.add(own.currency, earning, own.amount.times(times));
  }

  feedback(accountId: number): void {
    this.account(accountId).feedback += 1;
  }

  private account(account_id: number) {
    const move = this.accounts.get(account_id) ?? { account_id, orders: 0, feedback: 0 };
    this.accounts.set(account_id, move);
    return move;
  }

  private chargePoint(account_id: number, charge_point_id: number) {
    const move = this.chargePoints.get(charge_point_id) ?? {
      charge_point_id,
      account_id,
      orders: 0,
      earnings: new Big(0),
      earned: new EarnedSums(),
    };
    this.chargePoints.set(charge_point_id, move);
    return move;
  }
}

const inUsd = <T extends { earnings: Big }>({ earnings, ...row }: T) => ({ ...row, earnings_usd: earnings.toFixed(8) });

/** The counters and sums that lists show; they always agree with the orders. */
@Injectable()
export class CounterRepository {
  constructor(private readonly transactions: Transactions) {}

  /** A writer of one power center's figures holds it until the end, so that its events leave in order. */
  async write({ accounts, chargePoints, days }: CounterDeltas): Promise<void> {
    await this.add(ACCOUNTS, [...accounts.values()]);
    await this.add(CHARGE_POINTS, [...chargePoints.values()].map(inUsd));
    await this.add(DAYS, [...days.values()].map(inUsd));
    const emptied = [...days.values()].filter(({ orders }) => orders < 0).map(({ charge_point_id }) => charge_point_id);
    if (emptied.length > 0) await this.transactions.query(EMPTY_DAYS, [emptied]);
  }

  private async add(text: string, rows: readonly object[]): Promise<void> {
    if (rows.length > 0) await this.transactions.query(text, [JSON.stringify(rows)]);
  }
}
