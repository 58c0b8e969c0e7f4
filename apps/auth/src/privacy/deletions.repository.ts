import { Injectable } from '@nestjs/common';
import { notFailing, Transactions } from '@open-cpo/persistence';

/** Name of the sweep. */
export const SWEEP = 'user-deletions';
const BATCH_SIZE = 100;
const COLUMNS = `d.user_id as "userId", d.requested_at as "requestedAt", d.due_at as "dueAt", d.blocked_by as "blockedBy"`;
const OF_USER = `select ${COLUMNS} from user_deletions d where d.user_id = $1`;
const BY_TOKEN = `
  select ${COLUMNS}, u.account_id as "accountId", u.role
  from user_deletions d join users u on u.id = d.user_id where d.token_hash = $1`;
const ADD = `
  insert into user_deletions (user_id, due_at, token_hash) values ($1, now() + $2 * interval '1 millisecond', $3)
  on conflict do nothing returning user_id`;
const REMOVE = 'delete from user_deletions where user_id = $1 returning user_id';
const DUE = `
  select d.user_id as id from user_deletions d
  where d.due_at <= now() and ${notFailing(SWEEP, 'd.user_id::text')} order by d.due_at limit ${BATCH_SIZE}`;
const LOCK_DUE = 'select 1 from user_deletions where user_id = $1 and due_at <= now() for update';
const POSTPONE = `update user_deletions set due_at = now() + interval '1 day', blocked_by = $2 where user_id = $1`;

/** A deletion that waits, as stored. */
export interface DeletionRow {
  readonly userId: number;
  readonly requestedAt: Date;
  readonly dueAt: Date;
  readonly blockedBy: string | null;
}

/** Deletions that were asked for and are not done yet. */
@Injectable()
export class Deletions {
  constructor(private readonly transactions: Transactions) {}

  ofUser(userId: number): Promise<DeletionRow | undefined> {
    return this.transactions.first<DeletionRow>(OF_USER, [userId], 'deletions.of-user');
  }

  byToken(tokenHash: Buffer): Promise<(DeletionRow & { accountId: number; role: string }) | undefined> {
    return this.transactions.first(BY_TOKEN, [tokenHash], 'deletions.by-token');
  }

  /** False when one waits already. */
  async add(userId: number, delayMs: number, tokenHash: Buffer): Promise<boolean> {
    return (await this.transactions.query(ADD, [userId, delayMs, tokenHash])).length > 0;
  }

  /** False when none waits. */
  async remove(userId: number): Promise<boolean> {
    return (await this.transactions.query(REMOVE, [userId])).length > 0;
  }

  async due(): Promise<number[]> {
    return (await this.transactions.query<{ id: number }>(DUE)).map(({ id }) => id);
  }

  /** Whether it is still wanted and due. It cannot be stopped any more until the transaction ends. */
  async lockDue(userId: number): Promise<boolean> {
    return (await this.transactions.query(LOCK_DUE, [userId])).length > 0;
  }

  /** Tries again after a day. */
  async postpone(userId: number, reason: string): Promise<void> {
    await this.transactions.query(POSTPONE, [userId, reason]);
  }
}
