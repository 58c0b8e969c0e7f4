import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { sendEmail } from '@open-cpo/contracts';
import { JobQueues } from '@open-cpo/jobs';
import { Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { STALE } from './stale-rows';

const EVERY = 5 * 60_000;
const BATCH = 1000;
const WIPE = `
  update emails set params = null, settled_at = now(),
    state = case when state = 'waiting' then 'failed' else state end,
    reason = case when state = 'waiting' then 'expired' else reason end
  where params is not null and expires_at < now()`;
// Younger ones are on their way.
const WAITING = `
  select id, dedupe_key as "dedupeKey" from emails where state = 'waiting' and created_at < now() - interval '2 minutes' and expires_at > now()
  order by id limit ${BATCH}`;

/** Removes what has served its time, and puts e-mails that wait into the queue again, should it have been lost. */
@Injectable()
export class Upkeep implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly transactions: Transactions,
    private readonly queues: JobQueues,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.run(), EVERY).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Does it now; what one replica has done, another finds done. */
  async run(): Promise<void> {
    try {
      await this.transactions.query(WIPE);
      for (const [table, stale] of Object.entries(STALE)) await this.remove(table, stale);
      for (const { id, dedupeKey } of await this.transactions.query<{ id: number; dedupeKey: string }>(WAITING)) {
        await this.queues.add(sendEmail, dedupeKey, { id });
      }
    } catch (error) {
      this.log.warn('Upkeep was put off', { error });
    }
  }

  /** In small batches, which lock nobody out. */
  private async remove(table: string, stale: string): Promise<void> {
    const some = `select ctid from ${table} where ${stale} limit ${BATCH} for update skip locked`;
    for (let full = true; full;) {
      const { rowCount } = await this.transactions.ask({
        text: `delete from ${table} where ctid = any(array(${some}))`,
      });
      full = rowCount === BATCH;
    }
  }
}
