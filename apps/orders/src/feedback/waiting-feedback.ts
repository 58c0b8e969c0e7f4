import { Injectable } from '@nestjs/common';
import { type FeedbackGiven, feedbackGiven } from '@open-cpo/contracts';
import { type PendingEvent, Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import type { CounterDeltas } from '../orders/counter.repository';
import type { OrderRow } from '../orders/order';
import { OrderWrites } from '../orders/order.writes';
import { sessionIdOf } from '../back-ends/session-key';
import * as sql from './feedback.queries';

/** What a driver wrote about a session. */
export interface Written {
  readonly session_id: string;
  readonly driver_id: number;
  /** Two decimals. */
  readonly rating: string;
  readonly message: string;
  readonly written_at: Date;
}

interface Given {
  readonly id: number;
  readonly order_id: number;
  readonly rating: string;
  readonly updated_at: Date;
}

/** Feedback finds its order, whichever comes first. The sessions are locked before. */
@Injectable()
export class WaitingFeedback {
  constructor(
    private readonly transactions: Transactions,
    private readonly writes: OrderWrites,
    private readonly log: Log,
  ) {}

  /** Keeps what was written until its order is there. */
  async keep(written: readonly Written[]): Promise<void> {
    if (written.length > 0) await this.transactions.query(sql.WAIT, [JSON.stringify(written)]);
  }

  /** Gives new orders the feedback that has waited for them. */
  async attach(orders: readonly OrderRow[], moves: CounterDeltas): Promise<PendingEvent[]> {
    if (orders.length === 0) return [];
    const sessions = orders.map(({ session_id }) => session_id);
    const written = await this.transactions.query<Written>(sql.WAITED, [sessions], 'feedback.waited');
    const byId = new Map(orders.map((order) => [order.session_id, order]));
    const pairs = written.flatMap((one) => {
      const order = byId.get(one.session_id);
      if (order?.user_id === one.driver_id) return [{ order, written: one }];
      this.log.warn('Feedback was not by the driver of its session', { session: sessionIdOf(one.session_id) });
      return [];
    });
    return this.give(pairs, moves);
  }

  /** A later word takes the place of an earlier one; an earlier one changes nothing. */
  async give(pairs: readonly { order: OrderRow; written: Written }[], moves: CounterDeltas): Promise<PendingEvent[]> {
    if (pairs.length === 0) return [];
    const ids = pairs.map(({ order }) => order.id);
    const given = await this.transactions.query<Given>(sql.GIVEN, [ids], 'feedback.given');
    const before = new Map(given.map((one) => [one.order_id, one]));
    const news = pairs.filter(({ order, written }) => {
      const known = before.get(order.id);
      return !known || known.updated_at < written.written_at;
    });
    const rows = await this.transactions.query<Given>(sql.GIVE, [JSON.stringify(news.map(rowOf))], 'feedback.give');
    const after = new Map(rows.map((one) => [one.order_id, one]));
    await this.writes.rated(ids);
    return news.map(({ order, written }) => {
      const known = before.get(order.id);
      if (!known) moves.feedback(order.account_id);
      const id = after.get(order.id)?.id ?? 0;
      return {
        domainEvent: feedbackGiven,
        aggregateId: order.charge_point_id,
        payload: factOf(id, order, written, known),
      };
    });
  }
}

const rowOf = ({ order, written }: { order: OrderRow; written: Written }) => ({
  order_id: order.id,
  account_id: order.account_id,
  charge_point_id: order.charge_point_id,
  user_id: written.driver_id,
  message: written.message,
  rating: written.rating,
  created_at: written.written_at,
  updated_at: written.written_at,
});

const factOf = (
  feedback_id: number,
  order: OrderRow,
  { rating }: Written,
  known: Given | undefined,
): FeedbackGiven => ({
  feedback_id,
  order_id: order.id,
  account_id: order.account_id,
  charge_point_id: order.charge_point_id,
  rating,
  previous_rating: known?.rating ?? null,
});
