import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { WorkforceConfig } from '../config';

const INTERVAL_MS = 5 * 60_000;
const BATCH_SIZE = 1000;

/** What erases a worker: the row stays, as the cash that was moved refers to it. */
export const ERASED = `first_name = '', last_name = '', email = '', rfid = null, expire_at = null, updated_at = now(),
  erased_at = now()`;

const AUDIT_OF = `
  delete from audit_personal where subject = 'worker' and subject_id in (select id::text from erased)`;
const ERASE_REMOVED = `
  with erased as (
    update workers set ${ERASED} where id in (
      select id from workers
      where deleted_at < now() - make_interval(days => $1) and erased_at is null limit ${BATCH_SIZE} for update skip locked)
    returning id),
  audit as (${AUDIT_OF})
  select id from erased`;
const FORGET_AUDIT = `
  delete from audit_personal where ctid = any(array(
    select ctid from audit_personal where created_at < now() - make_interval(days => $1) limit ${BATCH_SIZE}
    for update skip locked))`;

/** Enforces how long personal data of workers who are gone is kept. */
@Injectable()
export class WorkerRetention extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: WorkforceConfig,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Does it now, in small batches; what one replica has done, another finds done. Answers how many rows it concerned. */
  async run(): Promise<number> {
    const { retentionRemovedWorkerDays, retentionAuditPersonalDays } = this.config;
    const erased = await this.batches(ERASE_REMOVED, retentionRemovedWorkerDays);
    return erased + (await this.batches(FORGET_AUDIT, retentionAuditPersonalDays));
  }

  private async batches(text: string, days: number): Promise<number> {
    let rows = 0;
    for (let batch = BATCH_SIZE; batch === BATCH_SIZE; rows += batch) {
      batch = (await this.transactions.ask({ text, values: [days] })).rowCount ?? 0;
    }
    return rows;
  }
}
