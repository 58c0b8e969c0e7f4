import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import Big from 'big.js';
import type { Recount, Recounted } from './rebuild';
import * as sql from './rebuild.queries';

interface Slice {
  /** Null for those that are not complete. */
  readonly day: string | null;
  readonly orders: number;
  readonly earnings_usd: string;
  readonly last: number;
}

interface Day {
  readonly orders: number;
  readonly earnings: Big;
}

/** What each power center's orders come to, in all and by day, added up anew. */
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
    const gone = await this.any(sql.FORGET_DAYS, [id, [...days.keys()]]);
    if (orders === 0) {
      await this.transactions.query(sql.FORGET_POWER_CENTER, [id]);
      return { looked: 0, wrong: gone || !missed };
    }
    const rows = [...days].map(([day, one]) => ({ day, orders: one.orders, earnings_usd: one.earnings.toFixed(8) }));
    const moved = await this.any(sql.CORRECT_DAYS, [id, JSON.stringify(rows)]);
    const changed = await this.any(sql.CORRECT_POWER_CENTER, [id, orders, earnings.toFixed(8)]);
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

function add(days: Map<string, Day>, { day, orders, earnings_usd }: Slice): void {
  if (day === null) return;
  const known = days.get(day) ?? { orders: 0, earnings: new Big(0) };
  days.set(day, { orders: known.orders + orders, earnings: known.earnings.plus(earnings_usd) });
}
