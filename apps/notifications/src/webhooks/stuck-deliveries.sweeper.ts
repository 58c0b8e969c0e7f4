import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Sweeps, Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { NotificationsConfig } from '../config';
import { Deliveries } from './deliveries';
import * as sql from './webhooks.queries';

const INTERVAL_MS = 60_000;
/** Rows of one deletion. */
const BATCH_SIZE = 2000;

/** The rows are the truth, the queue is not: overdue deliveries are enqueued again. Old ones are removed. */
@Injectable()
export class StuckDeliveriesSweeper extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly deliveries: Deliveries,
    private readonly config: NotificationsConfig,
    log: Log,
    private readonly sweeps: Sweeps,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Answers how many were queued. */
  async run(): Promise<number> {
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
