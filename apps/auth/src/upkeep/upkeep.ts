import { Injectable } from '@nestjs/common';
import { sendEmail } from '@open-cpo/contracts';
import { JobQueues, QueueUnavailable } from '@open-cpo/jobs';
import { Sweeps, Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { AuthConfig } from '../config';
import { UserRetention } from '../privacy/user-retention';
import { staleRows } from './stale-rows';

const INTERVAL_MS = 5 * 60_000;
const BATCH_SIZE = 1000;
const WIPE = `
  update emails set params = null, settled_at = now(),
    state = case when state = 'waiting' then 'failed' else state end,
    reason = case when state = 'waiting' then 'expired' else reason end
  where params is not null and expires_at < now()`;
// Younger ones are on their way.
const WAITING = `
  select id, dedupe_key as "dedupeKey" from emails where state = 'waiting' and created_at < now() - interval '2 minutes' and expires_at > now()
  order by id limit ${BATCH_SIZE}`;

/** Removes what has served its time, and puts e-mails that wait into the queue again, should it have been lost. */
@Injectable()
export class Upkeep extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly queues: JobQueues,
    log: Log,
    private readonly sweeps: Sweeps,
    private readonly users: UserRetention,
    private readonly config: AuthConfig,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Does it now; what one replica has done, another finds done. Answers how many rows were removed or erased. */
  async run(): Promise<number> {
    let removed = 0;
    const count = async (work: Promise<number>): Promise<void> => void (removed += await work);
    await this.apart('emails', () => this.transactions.query(WIPE));
    for (const [table, stale] of Object.entries(staleRows(this.config))) {
      await this.apart(table, () => count(this.remove(table, stale)));
    }
    await this.apart('removed-users', () => count(this.users.run()));
    await this.apart('waiting-emails', () => this.queueWaiting());
    return removed;
  }

  /** What cannot be done now does not keep the rest from being done. */
  private async apart(task: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.log.warn('Upkeep was put off', { error, task });
    }
  }

  /** Redis away concerns all e-mails, another error only the one. */
  private async queueWaiting(): Promise<void> {
    for (const { id, dedupeKey } of await this.transactions.query<{ id: number; dedupeKey: string }>(WAITING)) {
      try {
        await this.queues.add(sendEmail, dedupeKey, { id });
      } catch (error) {
        if (error instanceof QueueUnavailable) throw error;
        const work = (): Promise<void> => {
          throw error;
        };
        await this.sweeps.over({ name: 'waiting-emails', items: [id], idOf: String, work });
      }
    }
  }

  /** In small batches, which block no others. */
  private async remove(table: string, stale: string): Promise<number> {
    let removed = 0;
    const some = `select ctid from ${table} where ${stale} limit ${BATCH_SIZE} for update skip locked`;
    for (let full = true; full;) {
      const { rowCount } = await this.transactions.ask({
        text: `delete from ${table} where ctid = any(array(${some}))`,
      });
      full = rowCount === BATCH_SIZE;
      removed += rowCount ?? 0;
    }
    return removed;
  }
}
