import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { sqlState } from '../errors/sql-state';
import { breaksConnection, CommitUncertain } from '../errors/translate';
import type { Scope } from './scope';

export type Isolation = 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';

/**
 * Runs `work` between BEGIN and COMMIT on a connection of its own, under row-level security or, where it is '', not; a connection
 * that broke is never used again.
 */
export async function oneTransaction<T>(
  source: DataSource,
  isolation: Isolation | undefined,
  rlsSql: string,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  let client: ClientBase | undefined;
  try {
    client = (await runner.connect()) as ClientBase;
    await runner.startTransaction(isolation);
    if (rlsSql) await client.query(rlsSql);
    const result = await work({ runner, manager: runner.manager, client, underRls: rlsSql !== '', afterCommit: [] });
    await commit(client);
    return result;
  } catch (error) {
    if (client) await undo(client, error);
    throw error;
  } finally {
    await runner.release();
  }
}

async function commit(client: ClientBase): Promise<void> {
  let command: string;
  try {
    ({ command } = await client.query('COMMIT'));
  } catch (cause) {
    if (sqlState(cause) && !breaksConnection(cause)) throw cause;
    throw new CommitUncertain('the answer to COMMIT was lost', { cause });
  }
  // A transaction that failed inside is rolled back by its COMMIT, without an error.
  if (command !== 'COMMIT') throw new Error('A failed statement was swallowed: the transaction was rolled back.');
}

async function undo(client: ClientBase, error: unknown): Promise<void> {
  if (error instanceof CommitUncertain || breaksConnection(error)) return discard(client);
  try {
    await client.query('ROLLBACK');
  } catch {
    discard(client);
  }
}

/** An ending client is not taken back by its pool. */
function discard(client: ClientBase): void {
  const ending = (client as ClientBase & { end(): Promise<void> }).end();
  ending.catch(() => undefined);
}
