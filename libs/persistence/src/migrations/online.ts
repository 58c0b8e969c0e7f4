import type { QueryRunner } from 'typeorm';

/** Rows that one transaction of a migration changes while the service is at work. */
export const BATCH_SIZE = 5000;

/**
 * Makes an index while its table is read and written; what a failed try left goes first. For migrations with
 * `transaction = false`: it waits for older transactions, and holds up none.
 */
export async function createIndexOnline(
  runner: QueryRunner,
  name: string,
  definition: string,
  kind: 'index' | 'unique index' = 'index',
): Promise<void> {
  const [found] = (await runner.query('select indisvalid as valid from pg_index where indexrelid = to_regclass($1)', [
    name,
  ])) as { valid: boolean }[];
  if (found?.valid) return;
  await waiting(runner, async () => {
    if (found) await runner.query(`drop index concurrently ${name}`);
    await runner.query(`create ${kind} concurrently ${name} ${definition}`);
  });
}

/** Removes an index while its table is read and written. For migrations with `transaction = false`. */
export async function dropIndexOnline(runner: QueryRunner, name: string): Promise<void> {
  await waiting(runner, async () => void (await runner.query(`drop index concurrently if exists ${name}`)));
}

/** Without the limit on waits for locks, which holds for all that comes after, whatever came of this. */
async function waiting(runner: QueryRunner, work: () => Promise<void>): Promise<void> {
  await runner.query('set lock_timeout = 0');
  try {
    await work();
  } finally {
    await runner.query('reset lock_timeout');
  }
}

/** One transaction of a migration with `transaction = false`. */
export async function inTransaction(runner: QueryRunner, work: () => Promise<void>): Promise<void> {
  await runner.startTransaction();
  try {
    await work();
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  }
}

/**
 * Runs a statement for ids above $1 up to $2, range by range, each in a transaction of its own. It may run again after a
 * failure, so that it must change a row but once. For migrations with `transaction = false`.
 */
export async function inRanges(
  runner: QueryRunner,
  table: string,
  statements: readonly string[],
  size = BATCH_SIZE,
): Promise<void> {
  const [found] = (await runner.query(`select coalesce(max(id), 0)::int as last from ${table}`)) as { last: number }[];
  for (let from = 0; from < (found?.last ?? 0); from += size) {
    await inTransaction(runner, async () => {
      for (const statement of statements) await runner.query(statement, [from, from + size]);
    });
  }
}
