import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { sessionCompleted, sessionMetered, sessionStarted } from '@open-cpo/contracts';
import { Batches, type BatchEvent, type Unfit } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { OrderBook } from '../orders/order-book';
import { heardIn } from './heard';
import { HeldSessions } from './held-sessions';
import { SessionsRepository } from './sessions.repository';

const CONSUMER = 'orders-sessions';

/** Listens to charging back ends. Events may come in any order, any number of times, and are one transaction a batch. */
@Injectable()
export class Intake implements OnApplicationBootstrap {
  constructor(
    private readonly batches: Batches,
    private readonly transactions: Transactions,
    private readonly sessions: SessionsRepository,
    private readonly book: OrderBook,
    private readonly held: HeldSessions,
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
    const waits = await this.transactions.run(async () => {
      const fresh = await this.sessions.fresh(
        CONSUMER,
        events.map(({ meta }) => meta.eventId),
      );
      const heard = heardIn(events.filter(({ meta }) => fresh.has(meta.eventId)));
      if (heard.length === 0) return false;
      await this.sessions.merge(heard);
      return this.book.advance(heard.map(({ session_id }) => session_id));
    });
    if (waits) this.held.poke();
    return [];
  }
}
