import { Injectable } from '@nestjs/common';
import { Log, Periodic } from '@open-cpo/platform';
import { Leadership } from './connection/leadership';
import { Transactions } from './transactions/transactions';

const INTERVAL_MS = 10 * 60_000;
const BATCH_SIZE = 1000;

/** What may go, and when. A replayed stream can bring events as old as a week; the inbox remembers them for longer. */
const STALE: Record<string, string> = {
  idempotency_keys: `created_at < now() - interval '24 hours'`,
  // A sweep tries again within the hour: what it does not meet any more is settled.
  failed_items: `last_failed_at < now() - interval '1 day'`,
  inbox: `handled_at < now() - interval '30 days'`,
};

/** Removes rows past their retention in small batches that block no others, on one replica. */
@Injectable()
export class Housekeeping extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly leadership: Leadership,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Does it now, if this replica is the one to do it. Answers how many rows went. */
  async run(): Promise<number> {
    let removed = 0;
    for (const [table, stale] of Object.entries(STALE)) {
      // A table that cannot be tidied does not keep the others from it.
      try {
        for (let full = true; full && this.leadership.held;) {
          const gone = await this.remove(table, stale);
          removed += gone;
          full = gone === BATCH_SIZE;
        }
      } catch (error) {
        this.log.warn('Housekeeping was put off', { error, table });
      }
    }
    return removed;
  }

  private async remove(table: string, stale: string): Promise<number> {
    const text = `delete from ${table} where ctid = any(array(select ctid from ${table} where ${stale} limit ${BATCH_SIZE}))`;
    return (await this.transactions.ask({ text })).rowCount ?? 0;
  }
}
