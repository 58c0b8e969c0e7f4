import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { sessionCompleted, sessionMetered, sessionStarted } from '@open-cpo/contracts';
import { Batches, type BatchEvent, isOf, type Unfit } from '@open-cpo/messaging';
import { BatchInbox, Transactions } from '@open-cpo/persistence';
import { BackEndsRepository } from '../back-ends/back-ends.repository';
import { keyed } from '../back-ends/session-key';
import { ChargePointsRepository } from '../charge-points/charge-points.repository';
import { OrderBook } from '../orders/order-book';
import { contradictions } from './contradictions';
import { heardIn } from './heard';
import { HeldSessions } from './held-sessions';
import { OvertakenEvents } from './overtaken';
import { SessionsRepository } from './sessions.repository';

const CONSUMER = 'orders-sessions';

/** Listens to charging back ends. Events may come in any order, any number of times, and are one transaction a batch. */
@Injectable()
export class Intake implements OnApplicationBootstrap {
  constructor(
    private readonly batches: Batches,
    private readonly transactions: Transactions,
    private readonly inbox: BatchInbox,
    private readonly sessions: SessionsRepository,
    private readonly book: OrderBook,
    private readonly chargePoints: ChargePointsRepository,
    private readonly backEnds: BackEndsRepository,
    private readonly held: HeldSessions,
    private readonly overtaken: OvertakenEvents,
  ) {}

  onApplicationBootstrap(): void {
    this.batches.consume({
      as: CONSUMER,
      facts: [sessionStarted, sessionMetered, sessionCompleted],
      filter: 'charging.session.>',
      handle: (events) => this.take(events),
    });
  }

  async take(events: readonly BatchEvent[]): Promise<readonly Unfit[]> {
    const { waits, unfit } = await this.transactions.run(async () => {
      const news = (await this.inbox.fresh(CONSUMER, events)).map(keyed);
      const misplaced = new Map([...(await this.misplaced(news)), ...(await this.backEnds.refused(news))]);
      const heard = heardIn(news.filter(({ meta }) => !misplaced.has(meta.eventId)));
      if (heard.length === 0) return this.done([...misplaced.values()], false);
      await this.sessions.merge(heard);
      const locked = await this.sessions.locked(heard.map(({ session_id }) => session_id));
      const rows = await this.overtaken.restore(CONSUMER, heard, locked);
      const { waits, rejected } = await this.book.advanceLocked(rows);
      const other = contradictions(news, rows).filter(({ eventId }) => !misplaced.has(eventId));
      const late = news.flatMap(({ meta, payload }) => {
        const reason = rejected.get((payload as { session_id: string }).session_id);
        return reason === undefined ? [] : [{ eventId: meta.eventId, reason }];
      });
      return this.done([...misplaced.values(), ...late, ...other], waits);
    });
    if (waits) this.held.poke();
    return unfit;
  }

  /** What is told again from the dead is new again. */
  private async done(unfit: readonly Unfit[], waits: boolean): Promise<{ waits: boolean; unfit: readonly Unfit[] }> {
    await this.inbox.forget(CONSUMER, unfit);
    return { waits, unfit };
  }

  /** Beginnings whose token and id are of two power centers: neither is believed. */
  private async misplaced(events: readonly BatchEvent[]): Promise<ReadonlyMap<string, Unfit>> {
    const both = events.flatMap((event) => {
      if (!isOf(event, sessionStarted)) return [];
      const { charge_point_id: id, token } = event.payload;
      return typeof id === 'number' && token ? [{ eventId: event.meta.eventId, id, token }] : [];
    });
    const unfit = new Map<string, Unfit>();
    if (both.length === 0) return unfit;
    const known = await this.chargePoints.tokens([...new Set(both.map(({ id }) => id))]);
    for (const { eventId, id, token } of both) {
      const actual = known.get(id);
      if (actual === undefined || actual === token) continue;
      unfit.set(eventId, { eventId, reason: `token: it is not that of the power center ${id} (charge_point_id).` });
    }
    return unfit;
  }
}
