import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Sweeps } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { OrderReconciler } from '../orders/order-reconciler';
import { SessionsRepository } from './sessions.repository';

const POLL_INTERVAL_MS = 30_000;
const BATCH_SIZE = 500;

/** Publishes `session.limit_reached` for limits in minutes of sessions whose charger sends no readings, or few. */
@Injectable()
export class TimeLimits implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly sessions: SessionsRepository,
    private readonly book: OrderReconciler,
    private readonly sweeps: Sweeps,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.pass(), POLL_INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Does it now, for one batch. */
  async pass(): Promise<void> {
    try {
      const items = await this.sessions.overTime(BATCH_SIZE);
      const work = (ids: readonly string[]) => this.book.reachTimeLimits(ids);
      await this.sweeps.over({ name: 'time-limits', items, idOf: String, work });
    } catch (error) {
      this.log.warn('Time limits of sessions could not be judged', { error });
    }
  }
}
