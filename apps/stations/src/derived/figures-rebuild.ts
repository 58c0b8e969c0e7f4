import { Injectable } from '@nestjs/common';
import {
  type FeedbackGiven,
  type FiguresRebuilt,
  type OrderCompleted,
  ordersInternal,
  type OtherOrder,
} from '@open-cpo/contracts';
import { Bus, internalCaller, rowBatches } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { FiguresRepository } from './figures.repository';
import { staged, stagedOther } from './order-stages';
import * as sql from './rebuild.queries';
import { ReadModelUpdates } from './read-model-updates';

/** Most power centers, and orders, that one command goes through: they are held until its end. */
const BATCH_SIZE = 50;
const MANY_ORDERS = 20_000;
const TIMEOUT_MS = 60_000;
const LAST = 2_147_483_647;

/** Rebuilds the totals of power centers from the orders service. */
@Injectable()
export class FiguresRebuild {
  constructor(
    private readonly transactions: Transactions,
    private readonly bus: Bus,
    private readonly figures: FiguresRepository,
    private readonly shown: ReadModelUpdates,
  ) {}

  async run(after: number): Promise<FiguresRebuilt> {
    const ids = (await this.transactions.query<{ id: number }>(sql.NEXT, [after, BATCH_SIZE])).map(({ id }) => id);
    let rows = 0;
    let orders = 0;
    const corrected: number[] = [];
    for (const id of ids) {
      // Locked first and requested then: events meanwhile wait, and those before are in the response.
      const held = await this.figures.hold([id]);
      const before = await this.mark(id);
      orders += await this.one(id);
      await this.figures.keepToday([...held.values()]);
      rows += 1;
      if ((await this.mark(id)) !== before) corrected.push(id);
      if (orders >= MANY_ORDERS) break;
    }
    await this.shown.tell(corrected);
    const end = rows === ids.length && rows < BATCH_SIZE;
    return { rows, corrected: corrected.length, next: end ? null : (ids[rows - 1] ?? null) };
  }

  private async one(id: number): Promise<number> {
    const orders = await this.orders(id);
    await this.others(id);
    await this.ratings(id);
    for (const text of [sql.GONE_DAYS, sql.DAYS, sql.TOTALS]) await this.transactions.query(text, [id]);
    return orders;
  }

  private async orders(id: number): Promise<number> {
    const chunks = this.bus.stream(ordersInternal.closed, { chargePointId: id }, internalCaller({}, TIMEOUT_MS));
    let count = 0;
    let last = 0;
    for await (const rows of rowBatches<OrderCompleted>(chunks)) {
      const ids = rows.map(({ order_id }) => order_id);
      await this.transactions.query(sql.ORDERS, [JSON.stringify(rows.map((row) => staged(row)))]);
      last = await this.without(sql.TAKEN_BACK, id, last, ids);
      count += rows.length;
    }
    await this.without(sql.TAKEN_BACK, id, last, []);
    return count;
  }

  /** They count for nothing, but they are orders. */
  private async others(id: number): Promise<void> {
    const chunks = this.bus.stream(ordersInternal.others, { chargePointId: id }, internalCaller({}, TIMEOUT_MS));
    for await (const rows of rowBatches<OtherOrder>(chunks)) {
      await this.transactions.query(sql.ORDERS, [JSON.stringify(rows.map(stagedOther))]);
    }
  }

  private async ratings(id: number): Promise<void> {
    const chunks = this.bus.stream(ordersInternal.ratings, { chargePointId: id }, internalCaller({}, TIMEOUT_MS));
    let last = 0;
    for await (const rows of rowBatches<FeedbackGiven>(chunks)) {
      await this.transactions.query(sql.RATINGS, [JSON.stringify(rows)]);
      const ids = rows.map(({ feedback_id }) => feedback_id);
      last = await this.without(sql.UNRATED, id, last, ids);
    }
    await this.without(sql.UNRATED, id, last, []);
  }

  /** What lies between the last id and these, and is not among them; they come by their ids. */
  private async without(text: string, id: number, after: number, ids: readonly number[]): Promise<number> {
    const upTo = ids.at(-1) ?? LAST;
    await this.transactions.query(text, [id, after, upTo, ids]);
    return upTo;
  }

  private async mark(id: number): Promise<string | undefined> {
    return (await this.transactions.first<{ mark: string }>(sql.FIGURES, [id]))?.mark;
  }
}
