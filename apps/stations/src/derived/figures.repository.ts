import { localDay } from '@open-cpo/contracts';
import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import type { Occupancy } from '../charge-points/charge-point.rules';
import * as sql from './figures.queries';
import type { Connector, ConnectorMove } from './occupations';
import type { StagedOrder } from './order-stages';

/** A power center that is held until the end of the transaction. */
export interface Held {
  readonly id: number;
  readonly account_id: number;
  readonly time_zone: string;
}

/** Applies events to power centers, in the current transaction. */
@Injectable()
export class FiguresRepository {
  constructor(private readonly transactions: Transactions) {}

  /** Holds these power centers, removed ones too; who comes at the same time waits. */
  async hold(ids: readonly number[]): Promise<Map<number, Held>> {
    const rows = await this.transactions.query<Held>(sql.LOCK, [ids], 'figures.lock');
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Those of these orders that have ended before. */
  async ended(orderIds: readonly number[]): Promise<number[]> {
    const rows = await this.transactions.query<{ order_id: number }>(sql.ENDED, [orderIds], 'figures.ended');
    return rows.map(({ order_id }) => order_id);
  }

  /** Counts orders, one row each, and answers the power centers whose figures that has changed. */
  async count(orders: readonly StagedOrder[]): Promise<number[]> {
    const rows = await this.transactions.query<{ id: number }>(sql.COUNT, [JSON.stringify(orders)], 'figures.count');
    const ids = rows.map(({ id }) => id);
    const takenBack = orders.some(({ stage }) => stage > 2);
    if (ids.length > 0 && takenBack) await this.transactions.query(sql.EMPTY_DAYS, [ids], 'figures.empty-days');
    return ids;
  }

  /** Keeps today's earning at hand, by the power centers' own calendars. */
  async keepToday(held: readonly Held[], now = new Date()): Promise<void> {
    const ids = held.map(({ id }) => id);
    const days = held.map(({ time_zone }) => localDay(time_zone, now));
    await this.transactions.query(sql.TODAY, [ids, days], 'figures.today');
  }

  async runs(chargePointId: number): Promise<boolean> {
    return (await this.transactions.query(sql.RUNS, [chargePointId], 'figures.runs')).length > 0;
  }

  connectors(chargePointIds: readonly number[]): Promise<Connector[]> {
    return this.transactions.query<Connector>(sql.CONNECTORS, [chargePointIds], 'figures.connectors');
  }

  /** Answers the connectors of which nothing newer was known. */
  async move(moves: readonly ConnectorMove[]): Promise<number[]> {
    const rows = await this.transactions.query<{ id: number }>(sql.MOVE, [JSON.stringify(moves)], 'figures.move');
    return rows.map(({ id }) => id);
  }

  async occupy(rows: readonly (Occupancy & { id: number })[]): Promise<void> {
    await this.transactions.query(sql.OCCUPY, [JSON.stringify(rows)], 'figures.occupy');
  }

  async rate(feedbackId: number, chargePointId: number, rating: string): Promise<void> {
    await this.transactions.query(sql.RATE, [feedbackId, chargePointId, rating], 'figures.rate');
    await this.transactions.query(sql.AVERAGE, [chargePointId], 'figures.average');
  }
}
