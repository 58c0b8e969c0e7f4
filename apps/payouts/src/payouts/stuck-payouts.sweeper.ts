import { Injectable } from '@nestjs/common';
import { executePayout } from '@open-cpo/contracts';
import { Outbox, Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { PayoutsRepository } from './payouts.repository';

const INTERVAL_MS = 60_000;
/** What the queue still has is not queued twice. */
const SILENT_FOR = '15 minutes';

/** The rows are the truth, the queue is not: what is pending and was not tried for long is enqueued again. */
@Injectable()
export class StuckPayoutsSweeper extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: PayoutsRepository,
    private readonly outbox: Outbox,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Answers how many were queued. */
  async run(silentFor = SILENT_FOR): Promise<number> {
    try {
      // In one transaction: one whose time was moved, and that was not enqueued, would wait for that time.
      return await this.transactions.run(async () => {
        const lost = await this.repository.forgotten(silentFor);
        for (const id of lost) await this.outbox.job(executePayout, String(id), { id });
        return lost.length;
      });
    } catch (error) {
      this.log.warn('Pending payouts could not be looked for', { error });
      return 0;
    }
  }
}
