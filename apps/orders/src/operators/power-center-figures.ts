import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import Big from 'big.js';
import { EarnedSums } from '../orders/earned';
import type { Recount, Recounted } from './rebuild';
import * as sql from './rebuild.queries';

interface Slice {
  /** Null for those that are not complete. */
  readonly day: string | null;
  readonly currency: string | null;
  readonly orders: number;
  readonly earnings_usd: string;
  /** In the currency. */
  readonly amount: string | null;
  readonly last: number;
}

interface Day {
  readonly orders: number;
  readonly earnings: Big;
  readonly earned: EarnedSums;
}

/** Recomputes totals of each power center's orders, in all and by day. */
@Injectable()
export class PowerCenterFigures implements Recount {
  constructor(private readonly transactions: Transactions) {}

  async next(after: number, most: number): Promise<number[]> {
    return (await this.transactions.query<{ id: number }>(sql.NEXT_POWER_CENTERS, [after, most])).map(({ id }) => id);
  }

  async one(id: number): Promise<Recounted> {
    const missed = await this.any(sql.MENTION_POWER_CENTER, [id]);
    await this.transactions.query(sql.HOLD_POWER_CENTER, [id]);
    const { orders, days } = await this.sums(id);
    const earnings = [...days.values()].reduce((sum, day) => sum.plus(day.earnings), new Big(0));
    const earned = new EarnedSums();
    days.forEach((day) => earned.addAll(day.earned));
    const gone = await this.any(sql.FORGET_DAYS, [id, [...days.keys()]]);
    if (orders === 0) {
      await this.transactions.query(sql.FORGET_POWER_CENTER, [id]);
      return { looked: 0, wrong: gone || !missed };
    }
    const rows = [...days].map(([day, { orders: count, earnings: sum, earned: own }]) => {
      return { day, orders: count, earnings_usd: sum.toFixed(8), earned: own };
    });
    const moved = await this.any(sql.CORRECT_DAYS, [id, JSON.stringify(rows)]);
    const changed = await this.any(sql.CORRECT_POWER_CENTER, [id, orders, earnings.toFixed(8), JSON.stringify(earned)]);
    return { looked: orders, wrong: missed || gone || moved || changed };
  }

  private async sums(id: number): Promise<{ orders: number; days: Map<string, Day> }> {
    const days = new Map<string, Day>();
    let orders = 0;
    for (let after: number | null = 0; after !== null;) {
      const params: number[] = [id, after];
      const slices: Slice[] = await this.transactions.query<Slice>(sql.ORDERS_OF_POWER_CENTER, params);
      const looked = slices.reduce((sum, slice) => sum + slice.orders, 0);
      slices.forEach((slice) => add(days, slice));
      orders += looked;
      after = looked === sql.SLICE ? Math.max(...slices.map(({ last }) => last)) : null;
    }
    return { orders, days };
  }

  private async any(text: string, params: Parameters<Transactions['query']>[1]): Promise<boolean> {
    return (await this.transactions.query(text, params)).length > 0;
  }
}

function add(days: Map<string, Day>, { day, currency, orders, earnings_usd, amount }: Slice): void {
  if (day === null) return;
  const known = days.get(day) ?? { orders: 0, earnings: new Big(0), earned: new EarnedSums() };
  const { earned } = known;
  days.set(day, { orders: known.orders + orders, earnings: known.earnings.plus(earnings_usd), earned });
  if (currency !== null && amount !== null) earned.add(currency, new Big(earnings_usd), new Big(amount));
}
