import { Injectable } from '@nestjs/common';
import { internalCaller } from '@open-cpo/messaging';
import { notFailing, Sweeps, Transactions } from '@open-cpo/persistence';
import { AuthConfig } from '../config';
import { Erasure } from './erasure';

const SWEEP = 'removed-users';
const BATCH_SIZE = 100;
const REMOVED = `
  select id from users
  where status = 'removed' and erased_at is null and removed_at < now() - make_interval(days => $1)
    and ${notFailing(SWEEP, 'users.id::text')}
  order by removed_at limit ${BATCH_SIZE}`;

/** Erases users some time after they were removed from their account. */
@Injectable()
export class UserRetention {
  constructor(
    private readonly transactions: Transactions,
    private readonly config: AuthConfig,
    private readonly erasure: Erasure,
    private readonly sweeps: Sweeps,
  ) {}

  /** Answers how many were erased. */
  async run(): Promise<number> {
    let erased = 0;
    for (let batch = BATCH_SIZE; batch === BATCH_SIZE;) {
      const rows = await this.transactions.query<{ id: number }>(REMOVED, [this.config.retentionRemovedUserDays]);
      batch = rows.length;
      for (const { id } of rows) erased += await this.one(id);
    }
    return erased;
  }

  private one(id: number): Promise<number> {
    const work = async (): Promise<void> => void (await this.erasure.erase(id, internalCaller()));
    return this.sweeps.over({ name: SWEEP, items: [id], idOf: String, work });
  }
}
