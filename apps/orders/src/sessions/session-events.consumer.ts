import { Injectable } from '@nestjs/common';
import { sessionCompleted, sessionMetered, sessionStarted } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { BatchInbox, Transactions } from '@open-cpo/persistence';
import { BackEndsRepository } from '../back-ends/back-ends.repository';
import { keyed } from '../back-ends/session-key';
import { ChargePointsRepository } from '../charge-points/charge-points.repository';
import { OrderReconciler } from '../orders/order-reconciler';
import { contradictions } from './contradictions';
import { mergeBySession } from './merge-by-session';
import { HeldSessions } from './held-sessions';
import { OvertakenEvents } from './overtaken';
import { SessionsRepository } from './sessions.repository';

const CONSUMER = 'orders-sessions';

/** Listens to charging back ends. Events may come in any order, any number of times, and are one transaction a batch. */
@Injectable()
export class SessionEventsConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly inbox: BatchInbox,
    private readonly sessions: SessionsRepository,
    private readonly book: OrderReconciler,
    private readonly chargePoints: ChargePointsRepository,
    private readonly backEnds: BackEndsRepository,
    private readonly held: HeldSessions,
    private readonly overtaken: OvertakenEvents,
  ) {}

  @ConsumesBatch([sessionStarted, sessionMetered, sessionCompleted], { as: CONSUMER, filter: 'charging.session.>' })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const { waits, rejectedEvents } = await this.transactions.run(async () => {
      const news = (await this.inbox.fresh(CONSUMER, events)).map(keyed);
      const misplaced = new Map([...(await this.misplaced(news)), ...(await this.backEnds.refused(news))]);
      const received = mergeBySession(news.filter(({ meta }) => !misplaced.has(meta.eventId)));
      if (received.length === 0) return this.done([...misplaced.values()], false);
      await this.sessions.merge(received);
      const locked = await this.sessions.locked(received.map(({ session_id }) => session_id));
      const rows = await this.overtaken.restore(CONSUMER, received, locked);
      const { waits, rejected } = await this.book.advanceLocked(rows);
      const other = contradictions(news, rows).filter(({ eventId }) => !misplaced.has(eventId));
      const late = news.flatMap(({ meta, payload }) => {
        const reason = rejected.get((payload as { session_id: string }).session_id);
        return reason === undefined ? [] : [{ eventId: meta.eventId, reason }];
      });
      return this.done([...misplaced.values(), ...late, ...other], waits);
    });
    if (waits) this.held.poke();
    return rejectedEvents;
  }

  /** A dead letter that is published again is new. */
  private async done(
    rejectedEvents: readonly RejectedEvent[],
    waits: boolean,
  ): Promise<{ waits: boolean; rejectedEvents: readonly RejectedEvent[] }> {
    await this.inbox.forget(CONSUMER, rejectedEvents);
    return { waits, rejectedEvents };
  }

  /** Beginnings whose token and id are of two power centers: neither is believed. */
  private async misplaced(events: readonly BatchEvent[]): Promise<ReadonlyMap<string, RejectedEvent>> {
    const both = events.flatMap((event) => {
      if (!isOf(event, sessionStarted)) return [];
      const { charge_point_id: id, token } = event.payload;
      return typeof id === 'number' && token ? [{ eventId: event.meta.eventId, id, token }] : [];
    });
    const rejectedEvents = new Map<string, RejectedEvent>();
    if (both.length === 0) return rejectedEvents;
    const known = await this.chargePoints.tokens([...new Set(both.map(({ id }) => id))]);
    for (const { eventId, id, token } of both) {
      const actual = known.get(id);
      if (actual === undefined || actual === token) continue;
      rejectedEvents.set(eventId, {
        eventId,
        reason: `token: it is not that of the power center ${id} (charge_point_id).`,
      });
    }
    return rejectedEvents;
  }
}
