import { Injectable } from '@nestjs/common';
import { Sweeps } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { OrderReconciler } from '../orders/order-reconciler';
import { SessionsRepository } from './sessions.repository';

const POLL_INTERVAL_MS = 30_000;
const BATCH_SIZE = 500;

/** Publishes `session.limit_reached` for limits in minutes of sessions whose charger sends no readings, or few. */
@Injectable()
export class TimeLimits extends Periodic {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly book: OrderReconciler,
    private readonly sweeps: Sweeps,
    log: Log,
  ) {
    super(POLL_INTERVAL_MS, log);
  }

  /** Does it now, for one batch. */
  async run(): Promise<void> {
    try {
      const items = await this.sessions.overTime(BATCH_SIZE);
      const work = (ids: readonly string[]) => this.book.reachTimeLimits(ids);
      await this.sweeps.over({ name: 'time-limits', items, idOf: String, work });
    } catch (error) {
      this.log.warn('Time limits of sessions could not be judged', { error });
    }
  }
}
