import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PartitionMaintenance, Sweeps, Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { NotificationsConfig } from '../config';
import { Deliveries } from './deliveries';
import * as sql from './webhooks.queries';

const INTERVAL_MS = 60_000;

/** The rows are the truth, the queue is not: overdue deliveries are enqueued again. Old ones end with their retention. */
@Injectable()
export class StuckDeliveriesSweeper extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly deliveries: Deliveries,
    config: NotificationsConfig,
    partitions: PartitionMaintenance,
    log: Log,
    private readonly sweeps: Sweeps,
  ) {
    super(INTERVAL_MS, log);
    partitions.retain({ table: 'webhook_deliveries', column: 'created_at', days: config.eventRetentionDays });
  }

  /** Answers how many were queued. */
  async run(): Promise<number> {
    try {
      const lost = await this.transactions.query<{ id: number }>(sql.FORGOTTEN);
      const work = async (ids: readonly number[]): Promise<void> => {
        for (const id of ids) await this.deliveries.ask(id, randomUUID());
      };
      const items = lost.map(({ id }) => id);
      return await this.sweeps.over({ name: 'stuck-deliveries', items, idOf: String, work });
    } catch (error) {
      this.log.warn('Pending deliveries could not be looked for', { error });
      return 0;
    }
  }
}
