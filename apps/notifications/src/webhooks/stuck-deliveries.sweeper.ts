import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Sweeps, Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { NotificationsConfig } from '../config';
import { Deliveries } from './deliveries';
import * as sql from './webhooks.queries';

const INTERVAL_MS = 60_000;
/** Rows of one deletion. */
const BATCH_SIZE = 2000;

/** The rows are the truth, the queue is not: overdue deliveries are enqueued again. Old ones are removed. */
@Injectable()
export class StuckDeliveriesSweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly transactions: Transactions,
    private readonly deliveries: Deliveries,
    private readonly config: NotificationsConfig,
    private readonly log: Log,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Answers how many were queued. */
  async look(): Promise<number> {
    try {
      const lost = await this.transactions.query<{ id: number }>(sql.FORGOTTEN);
      const work = async (ids: readonly number[]): Promise<void> => {
        for (const id of ids) await this.deliveries.ask(id, randomUUID());
      };
      const items = lost.map(({ id }) => id);
      const queued = await this.sweeps.over({ name: 'stuck-deliveries', items, idOf: String, work });
      for (let gone = BATCH_SIZE; gone === BATCH_SIZE;) gone = await this.forget();
      return queued;
    } catch (error) {
      this.log.warn('Pending deliveries could not be looked for', { error });
      return 0;
    }
  }

  private async forget(): Promise<number> {
    const values = [this.config.eventRetentionDays, BATCH_SIZE];
    return (await this.transactions.ask({ text: sql.FORGET, values })).rowCount ?? 0;
  }
}
