import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Log } from '@open-cpo/platform';
import { Pool } from 'pg';
import { streamPool, userOf } from '../connection/settings';
import { PERSISTENCE_OPTIONS, type PersistenceOptions } from '../options';
import { cursorIn } from '../transactions/cursor';
import { StreamLeases } from '../transactions/stream-leases';
import type { Param } from '../transactions/transactions';
import { rlsSqlFor } from '../rls/rls';

/** Rows fetched at once: few, since a request for a page meanwhile waits until they have been read. */
const BATCH_SIZE = 200;
/** Exports that a replica reads at once, of which an account has one. */
const CONCURRENCY = 2;
/** Milliseconds that a further one waits, within the deadline of its worker's call; then it is tried again later. */
const WAIT_MS = 20_000;

/** Reads whole tables for exports, on connections of their own: neither lists nor streams wait for them. */
@Injectable()
export class Snapshots implements OnApplicationShutdown {
  private readonly pool: Pool;
  private readonly user: string;
  private readonly leases = new StreamLeases({ total: CONCURRENCY, perAccount: 1, waitMs: WAIT_MS });

  constructor(@Inject(PERSISTENCE_OPTIONS) options: PersistenceOptions, log: Log) {
    this.user = userOf(options);
    this.pool = new Pool({ ...streamPool(options), application_name: `${options.name} exports`, max: CONCURRENCY });
    this.pool.on('error', (error) => log.warn('An idle database connection was lost', { error }));
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Every row of an account as it was when the first one was read. */
  async *rows<T extends object>(text: string, params: readonly Param[], accountId: number): AsyncGenerator<T> {
    const lease = await this.leases.take(accountId);
    try {
      yield* this.read<T>(text, params, accountId);
    } finally {
      lease.return();
    }
  }

  private async *read<T extends object>(text: string, params: readonly Param[], accountId: number): AsyncGenerator<T> {
    const client = await this.pool.connect();
    let ended = false;
    try {
      await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${rlsSqlFor(this.user, accountId)}`);
      for await (const batch of cursorIn<T>(client, text, params, { batch: BATCH_SIZE })) yield* batch;
      await client.query('COMMIT');
      ended = true;
    } finally {
      // A transaction that was left in the middle ends with its connection.
      client.release(!ended);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
