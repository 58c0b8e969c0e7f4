import type { ClientBase, Pool } from 'pg';
import type { StreamLeases } from './stream-leases';
import type { Param } from './asking';

export interface RowOptions {
  /** Rows fetched at once, at most. */
  readonly batch?: number;
}

const BATCH_SIZE = 500;
/** Rows of the first batch of a stream, after which they have a known size. */
const FIRST_BATCH_SIZE = 100;
/** Bytes of a batch of a stream: small enough that a reader who takes some is seen to. */
const BATCH_BYTES = 256 * 1024;
const SAMPLES = 5;

let cursors = 0;

/** The batches of a cursor inside a transaction that is under way. `sizing`: rows of the next batch, by the last one. */
export async function* cursorIn<T extends object>(
  client: ClientBase,
  text: string,
  params: readonly Param[],
  { batch = BATCH_SIZE }: RowOptions,
  sizing = (_: readonly T[]): number => batch,
): AsyncGenerator<readonly T[], void> {
  const name = `rows_${(cursors += 1)}`;
  await client.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${text}`, params as Param[]);
  try {
    let count = sizing([]);
    for (let full = true; full;) {
      const { rows } = await client.query<T>(`FETCH ${count} FROM ${name}`);
      if (rows.length > 0) yield rows;
      full = rows.length === count;
      count = sizing(rows);
    }
  } finally {
    // Where this fails the transaction has failed before, and its own error is the one to report.
    await client.query(`CLOSE ${name}`).catch(() => undefined);
  }
}

/** Where a stream runs, and whose it is. */
export interface StreamPlace extends StreamRls {
  readonly pool: Pool;
  readonly leases: StreamLeases;
}

export interface StreamRls {
  readonly account: number | undefined;
  /** Row-level security; '' does without. */
  readonly rlsSql: string;
}

/**
 * A cursor with a connection and a read-only transaction of its own, under row-level security or not. A reader that is too slow
 * loses the connection, and is refused when it comes back.
 */
export async function* cursorOf<T extends object>(
  { pool, leases, account, rlsSql }: StreamPlace,
  text: string,
  params: readonly Param[],
  { batch = BATCH_SIZE }: RowOptions,
): AsyncGenerator<readonly T[], void> {
  const lease = await leases.take(account);
  try {
    const client = await pool.connect();
    let isReleased = false;
    const release = (broken: boolean): void => {
      if (!isReleased) client.release(broken);
      isReleased = true;
    };
    lease.onEnd(() => release(true));
    let broken = false;
    let rowBytes = BATCH_BYTES / Math.min(FIRST_BATCH_SIZE, batch);
    const sizing = (rows: readonly T[]): number => {
      rowBytes = averageBytes(rows) ?? rowBytes;
      return Math.max(1, Math.min(batch, Math.floor(BATCH_BYTES / rowBytes)));
    };
    try {
      await client.query(`BEGIN READ ONLY; ${rlsSql}`);
      for await (const rows of cursorIn<T>(client, text, params, { batch }, sizing)) {
        lease.handed((averageBytes(rows) ?? 0) * rows.length);
        yield rows;
        lease.taken();
      }
    } catch (error) {
      broken = true;
      throw error;
    } finally {
      if (!isReleased) release(broken || !(await ended(client)));
    }
  } finally {
    lease.return();
  }
}

/** About what a row takes as JSON, by a few of them. */
function averageBytes(rows: readonly object[]): number | undefined {
  if (rows.length === 0) return undefined;
  const step = Math.max(1, Math.floor(rows.length / SAMPLES));
  const sampled = rows.filter((_, index) => index % step === 0);
  return sampled.reduce((sum, row) => sum + bytesOf(row), 0) / sampled.length;
}

const bytesOf = (row: object): number =>
  Object.entries(row).reduce((sum, [name, value]) => sum + name.length + lengthOf(value) + 4, 2);

const lengthOf = (value: unknown): number =>
  typeof value === 'string'
    ? value.length
    : value !== null && typeof value === 'object'
      ? JSON.stringify(value).length
      : 8;

async function ended(client: ClientBase): Promise<boolean> {
  try {
    await client.query('COMMIT');
    return true;
  } catch {
    return false;
  }
}
