import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PartitionMaintenance, Transactions } from '@open-cpo/persistence';
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
  ) {
    super(INTERVAL_MS, log);
    partitions.retain({ table: 'webhook_deliveries', column: 'created_at', days: config.eventRetentionDays });
  }

  /** Answers how many were queued. */
  async run(): Promise<number> {
    try {
      // In one transaction: a row whose time was moved, and that was not enqueued, would wait for that time.
      return await this.transactions.run(async () => {
        const lost = await this.transactions.query<{ id: number }>(sql.FORGOTTEN);
        for (const { id } of lost) await this.deliveries.ask(id, randomUUID());
        return lost.length;
      });
    } catch (error) {
      this.log.warn('Pending deliveries could not be looked for', { error });
      return 0;
    }
  }
}
