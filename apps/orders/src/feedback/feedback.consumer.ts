import { Injectable } from '@nestjs/common';
import { feedbackSubmitted } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { BatchInbox, Outbox, s2, Transactions } from '@open-cpo/persistence';
import { BackEndsRepository } from '../back-ends/back-ends.repository';
import { keyed } from '../back-ends/session-key';
import { CounterRepository, CounterDeltas } from '../orders/counter.repository';
import { OrderWrites } from '../orders/order.writes';
import { SessionsRepository } from '../sessions/sessions.repository';
import { WaitingFeedback, type Written } from './waiting-feedback';

const CONSUMER = 'orders-feedback';

type PendingEvent = Written & { readonly eventId: string };

/** Consumes drivers' feedback, before or after the session itself is received. */
@Injectable()
export class FeedbackConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly inbox: BatchInbox,
    private readonly backEnds: BackEndsRepository,
    private readonly sessions: SessionsRepository,
    private readonly writes: OrderWrites,
    private readonly feedback: WaitingFeedback,
    private readonly kept: CounterRepository,
    private readonly outbox: Outbox,
  ) {}

  @ConsumesBatch([feedbackSubmitted], { as: CONSUMER, filter: 'charging.feedback.>' })
  take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    return this.transactions.run(async () => {
      const news = (await this.inbox.fresh(CONSUMER, events)).map(keyed);
      const refused = await this.backEnds.refused(news);
      const given = news.filter(({ meta }) => !refused.has(meta.eventId)).flatMap(writtenIn);
      const rejectedEvents = [...refused.values(), ...(await this.written(given))];
      // Otherwise it would be taken for a repetition when an operator replays it.
      await this.inbox.forget(CONSUMER, rejectedEvents);
      return rejectedEvents;
    });
  }

  /** Answers what is not by the driver of the session. */
  private async written(given: readonly PendingEvent[]): Promise<readonly RejectedEvent[]> {
    if (given.length === 0) return [];
    const sessionIds = [...new Set(given.map(({ session_id }) => session_id))];
    await this.sessions.mention(sessionIds);
    const orders = await this.writes.ofSessions(sessionIds);
    // The session's row was locked before its order was looked for: neither can slip past the other.
    const strangers = given.filter(
      ({ session_id, driver_id }) => (orders.get(session_id)?.user_id ?? driver_id) !== driver_id,
    );
    const latest = latestOf(given.filter((one) => !strangers.includes(one)));
    await this.feedback.keep(latest.filter(({ session_id }) => !orders.has(session_id)));
    const moves = new CounterDeltas();
    const pairs = latest.flatMap((written) => {
      const order = orders.get(written.session_id);
      return order ? [{ order, written }] : [];
    });
    const domainEvents = await this.feedback.give(pairs, moves);
    await this.kept.write(moves);
    await this.outbox.publishAll(domainEvents);
    return strangers.map(({ eventId }) => ({ eventId, reason: 'not by the driver of the session' }));
  }
}

function writtenIn(event: BatchEvent): PendingEvent[] {
  if (!isOf(event, feedbackSubmitted)) return [];
  const { session_id, driver_id, rating, message, time } = event.payload;
  const { eventId } = event.meta;
  return [{ eventId, session_id, driver_id, rating: s2(rating), message: message ?? '', written_at: new Date(time) }];
}

function latestOf(given: readonly PendingEvent[]): PendingEvent[] {
  const latest = new Map<string, PendingEvent>();
  for (const one of given) {
    const other = latest.get(one.session_id);
    if (!other || other.written_at <= one.written_at) latest.set(one.session_id, one);
  }
  return [...latest.values()];
}
