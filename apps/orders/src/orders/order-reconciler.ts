import { Injectable } from '@nestjs/common';
import { ORDER_STATUS } from '@open-cpo/contracts';
import { Outbox, type PendingEvent } from '@open-cpo/persistence';
import { Accounts } from '../accounts/accounts';
import { WaitingFeedback } from '../feedback/waiting-feedback';
import { displacedKey } from '../back-ends/session-key';
import { hasStarted, type SessionRow, type StartedSession } from '../sessions/session';
import { SessionsRepository } from '../sessions/sessions.repository';
import { Tariffs } from '../charge-points/tariffs';
import { Closing } from './closing';
import { progress } from './figures';
import { CounterRepository, CounterDeltas } from './counter.repository';
import { limitReached, reachedByTime, reachedLimit } from './limits';
import { Order, type OrderRow } from './order';
import { completed, heldForReview, reversed, started } from './order.facts';
import { OrderWrites } from './order.writes';
import { Opening } from './opening';
import { type Displaced, isAt, voided } from './voided';

interface Pair {
  readonly session: StartedSession;
  readonly order: OrderRow;
}

const ended = ({ session }: Pair): boolean => (session.ended_at ?? session.silent_at) !== null;
const decided = ({ order }: Pair): boolean => new Order(order).isFinal;

/** What came of sessions. */
export interface Advanced {
  /** One of them has to wait for something. */
  readonly waits: boolean;
  /** Sessions whose last words changed nothing of their completed orders, and why. */
  readonly rejected: ReadonlyMap<string, string>;
}

/** Whether it was published already that, and why, an ended session's order is held. */
const sameHold = (session: StartedSession, before: OrderRow, after: OrderRow): boolean =>
  session.settled && before.held && before.flags.join() === after.flags.join();

/** A completed order of which the flags alone have changed. */
const isSameRevision = (before: OrderRow, after: OrderRow): boolean =>
  before.status === ORDER_STATUS.completed && before.revision === after.revision;

/** Makes orders agree with what is known of their sessions, however it came to be known. */
@Injectable()
export class OrderReconciler {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly writes: OrderWrites,
    private readonly opening: Opening,
    private readonly closing: Closing,
    private readonly tariffs: Tariffs,
    private readonly accounts: Accounts,
    private readonly kept: CounterRepository,
    private readonly feedback: WaitingFeedback,
    private readonly outbox: Outbox,
  ) {}

  /** In the current transaction. */
  async advance(sessionIds: readonly string[]): Promise<Advanced> {
    return this.advanceLocked(await this.sessions.locked(sessionIds));
  }

  /** The same for sessions whose rows are locked. */
  async advanceLocked(rows: readonly SessionRow[]): Promise<Advanced> {
    const moves = new CounterDeltas();
    const events: PendingEvent[] = [];
    const sessions = rows.filter(hasStarted);
    const pairs = await this.paired(sessions, moves, events);
    const going = pairs.filter((pair) => !ended(pair) && !decided(pair) && pair.order.status === ORDER_STATUS.open);
    const closing = pairs.filter((pair) => ended(pair) && !decided(pair) && pair.session.card !== 'pending');
    const closed = await this.close(closing, moves, events);
    await this.writes.update([...(await this.inProgress(going, events)), ...closed.changed]);
    await this.writes.flagOverlaps(closed.changed.filter(({ held }) => !held).map(({ id }) => id));
    await this.kept.write(moves);
    await this.outbox.publishAll(events);
    const waits = await this.note(sessions, pairs, closed.settled);
    return { waits, rejected: closed.rejected };
  }

  /**
   * Voids the orders of sessions whose start the stream stored after another one, and completed ones whose end it did;
   * the sessions have no order then. Answers those with an order that stays: an operator, or time, has closed it. In the
   * current transaction.
   */
  async void(displaced: readonly Displaced[], reason: string): Promise<ReadonlySet<string>> {
    const starts = new Map(displaced.map(({ row, start }) => [row.session_id, start]));
    const rows = displaced.map(({ row }) => row);
    const sessions = rows.filter(hasStarted).filter(({ order_id }) => order_id !== null);
    const ids = sessions.map(({ session_id }) => session_id);
    const [orders, readings] = [await this.writes.ofSessions(ids), await this.sessions.readings(ids)];
    const moves = new CounterDeltas();
    const events: PendingEvent[] = [];
    const closed = new Set<string>();
    for (const session of sessions) {
      const order = orders.get(session.session_id);
      if (!order) continue;
      if (decided({ session, order }) || order.released || !this.closing.isOpenToEvents(order, new Date())) {
        closed.add(session.session_id);
        continue;
      }
      const isComplete = order.status === ORDER_STATUS.completed;
      const start = starts.get(session.session_id);
      if (!start && !isComplete) continue;
      const known = { session, order, readings: readings.get(session.session_id) ?? [] };
      const { order: after, domainEvents } = isComplete
        ? { order: new Order(order).cancel(), domainEvents: [] }
        : voided(known, reason, start && isAt(start, known) ? new Date(start.time) : undefined);
      replace(order, after, reason, moves, events);
      events.push(...domainEvents);
      await this.writes.update([{ ...after, closed_by: 'event', updated_at: new Date() }]);
      const other = displacedKey(session.session_id, order.id);
      await this.sessions.split(session.session_id, other);
      await this.writes.giveTo(session.session_id, other);
    }
    await this.kept.write(moves);
    await this.outbox.publishAll(events);
    return closed;
  }

  /** Publishes the limits in minutes that running sessions have come to by the clock. In the current transaction. */
  async reachTimeLimits(sessionIds: readonly string[]): Promise<void> {
    const rows = await this.sessions.locked(sessionIds);
    const running = rows.filter(({ ended_at, silent_at }) => ended_at === null && silent_at === null);
    const orders = await this.writes.ofSessions(running.map(({ session_id }) => session_id));
    const events: PendingEvent[] = [];
    const changed: OrderRow[] = [];
    for (const order of orders.values()) {
      const reached = order.status === ORDER_STATUS.open ? reachedByTime(order, new Date()) : undefined;
      if (!reached || order.limit_told) continue;
      events.push(limitReached(order, reached.limit, reached.at));
      changed.push({ ...order, limit_told: true });
    }
    await this.writes.update(changed);
    await this.outbox.publishAll(events);
  }

  private async paired(
    sessions: readonly StartedSession[],
    moves: CounterDeltas,
    events: PendingEvent[],
  ): Promise<Pair[]> {
    const known = sessions.filter(({ order_id }) => order_id !== null).map(({ session_id }) => session_id);
    const orders = await this.writes.ofSessions(known);
    const opened = await this.opening.open(sessions.filter(({ order_id }) => order_id === null));
    const rated = await this.feedback.attach(opened, moves);
    for (const order of opened) {
      orders.set(order.session_id, order);
      moves.opened(order);
      events.push(started(order));
      if (order.held) events.push(heldForReview(order, null));
    }
    events.push(...rated);
    return sessions.flatMap((session) => {
      const order = orders.get(session.session_id);
      return order ? [{ session, order }] : [];
    });
  }

  private async inProgress(pairs: readonly Pair[], events: PendingEvent[]): Promise<OrderRow[]> {
    const last = await this.sessions.lastReadings(pairs.map(({ session }) => session.session_id));
    return pairs.flatMap(({ session, order }) => {
      const reading = last.get(session.session_id);
      if (!reading || reading.at < session.started_at) return [];
      const now = { ...order, ...progress(session, reading, order.tariff), updated_at: reading.at };
      const limit = now.limit_told ? undefined : reachedLimit(now);
      if (limit) events.push(limitReached(now, limit));
      return [{ ...now, limit_told: now.limit_told || limit !== undefined }];
    });
  }

  /** Orders of owners with unknown currency or unconfirmed prices wait. */
  private async close(ended: readonly Pair[], moves: CounterDeltas, events: PendingEvent[]) {
    const changed: OrderRow[] = [];
    const settled = new Set<string>();
    const rejected = new Map<string, string>();
    const pairs = await this.withPrices(ended);
    if (pairs.length === 0) return { changed, settled, rejected };
    const currencies = await this.accounts.currencies(pairs.map(({ order }) => order.account_id));
    const readings = await this.sessions.readings(pairs.map(({ session }) => session.session_id));
    for (const { session, order } of pairs) {
      const currency = order.currency ?? currencies.get(order.account_id);
      if (currency === undefined) continue;
      const known = readings.get(session.session_id) ?? [];
      const { order: now, rejected: why } = this.closing.close({ session, order, readings: known }, currency);
      settled.add(session.session_id);
      if (why) rejected.set(session.session_id, why);
      if (now === order) continue;
      changed.push(now);
      if (isSameRevision(order, now)) continue;
      if (now.held && !sameHold(session, order, now))
        events.push(heldForReview(now, session.ended_at ?? session.silent_at));
      replace(order, now, 'The session reported more after its order was completed.', moves, events);
    }
    return { changed, settled, rejected };
  }

  /** Those whose prices stations has confirmed; what was completed once keeps the prices that it has. */
  private async withPrices(pairs: readonly Pair[]): Promise<Pair[]> {
    const sure = (pair: Pair): boolean => pair.order.revision > 0 || pair.order.tariff.confirmed === true;
    const unsure = pairs.filter((pair) => !sure(pair));
    if (unsure.length === 0) return [...pairs];
    const begun = unsure.map(({ session, order }) => ({ id: order.charge_point_id, at: session.started_at }));
    const tariffs = await this.tariffs.confirmed(begun);
    if (!tariffs) return pairs.filter(sure);
    const priced = unsure.flatMap((pair, at): Pair[] => {
      const tariff = tariffs[at];
      return tariff ? [{ ...pair, order: { ...pair.order, tariff, unit: tariff.unit } }] : [];
    });
    return [...pairs.filter(sure), ...priced];
  }

  private async note(sessions: readonly SessionRow[], pairs: readonly Pair[], settled: ReadonlySet<string>) {
    const byId = new Map(pairs.map((pair) => [pair.session.session_id, pair]));
    const notes = sessions.map(({ session_id }) => {
      const pair = byId.get(session_id);
      const done = settled.has(session_id) || (pair !== undefined && decided(pair));
      const held = !done && (!pair || ended(pair) || pair.session.card === 'pending');
      return { session_id, order_id: pair?.order.id ?? null, held, settled: done };
    });
    await this.sessions.note(notes);
    return notes.some(({ held }) => held);
  }
}

/** Tells that an order is what it is now, and is no longer what it was. */
export function replace(
  before: OrderRow,
  after: OrderRow,
  reason: string,
  moves: CounterDeltas,
  events: PendingEvent[],
): void {
  if (before.status === ORDER_STATUS.completed) {
    moves.completed(before, -1);
    events.push(reversed(before, reason));
  }
  if (after.status === ORDER_STATUS.completed) {
    moves.completed(after, 1);
    events.push(completed(after));
  }
}
