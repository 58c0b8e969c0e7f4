import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { OrdersConfig } from '../config';
import { OrderBook } from '../orders/order-book';
import { SessionsRepository } from './sessions.repository';

const EVERY = 60_000;
const BATCH = 200;
/** One replica at a time; the service has its database to itself. */
const LOCK = 'select pg_try_advisory_xact_lock(7164301) as held';

/** Ends sessions that fell silent, priced by their last reading; what they tell later corrects their order. */
@Injectable()
export class Silence implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionsRepository,
    private readonly book: OrderBook,
    private readonly config: OrdersConfig,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.pass(), EVERY).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Does it now, unless another replica does. Answers how many sessions were ended. */
  async pass(): Promise<number> {
    let ended = 0;
    try {
      for (let full = true; full;) {
        const batch = await this.transactions.run(() => this.batch());
        ended += batch;
        full = batch === BATCH;
      }
    } catch (error) {
      this.log.warn('Silent sessions could not be ended', { error });
    }
    return ended;
  }

  private async batch(): Promise<number> {
    const lock = await this.transactions.first<{ held: boolean }>(LOCK);
    if (!lock?.held) return 0;
    await this.sessions.tidy(BATCH);
    const ids = await this.sessions.silence(this.config.sessionSilenceMinutes, BATCH);
    if (ids.length > 0) await this.book.advance(ids);
    return ids.length;
  }
}
