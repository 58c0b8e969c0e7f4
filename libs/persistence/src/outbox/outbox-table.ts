import { Injectable } from '@nestjs/common';
import { Transactions } from '../transactions/transactions';
import type { OutboxKind, OutboxRow } from './outbox-row';

/** Rows of one pass. */
export const BATCH = 500;
/** Tries after which a row is dead-lettered. */
export const TRIES = 20;

// A row that waits for its next try holds back those behind it of the same aggregate, and only those.
export const PENDING = `
  select id, name, aggregate, key, payload::text as payload, options, occurred_at
  from outbox o
  where kind = $1 and sent_at is null and dead_at is null and not exists (
    select 1 from outbox held
    where held.kind = $1 and held.aggregate = o.aggregate and held.id <= o.id
      and held.sent_at is null and held.dead_at is null and held.retry_at > now())
  order by id limit ${BATCH}`;

export const SENT = `
  update outbox set sent_at = now(), retry_at = null, payload = case when secret then '{}' else payload end
  where id = any($1::bigint[])`;

const FAILED = `
  update outbox set attempts = attempts + 1, failed_because = $2,
    retry_at = now() + least(power(2, attempts), 300) * interval '1 second',
    dead_at = case when attempts + 1 >= ${TRIES} then now() end
  where id = $1
  returning dead_at is not null as dead`;

/** What the relay asks of the table. */
@Injectable()
export class OutboxTable {
  constructor(private readonly transactions: Transactions) {}

  /** The oldest rows that may leave now, in order. */
  pending(kind: OutboxKind): Promise<OutboxRow[]> {
    return this.transactions.query<OutboxRow>(PENDING, [kind], 'outbox.pending');
  }

  async sent(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await this.transactions.query(SENT, [ids], 'outbox.sent');
  }

  /** Counts a try; true when it was the last one. */
  async failed(id: number, reason: string): Promise<boolean> {
    const row = await this.transactions.first<{ dead: boolean }>(FAILED, [id, reason.slice(0, 500)]);
    return row?.dead ?? false;
  }
}
