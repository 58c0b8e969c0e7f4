import type { ClientBase } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import type { RlsSettings, Statement } from '../connection/prepared';
import { sqlState } from '../errors/sql-state';
import { breaksConnection, CommitUncertain } from '../errors/translate';
import { Posted } from './posted';
import type { Scope } from './scope';

export type Isolation = 'READ COMMITTED' | 'REPEATABLE READ' | 'SERIALIZABLE';

export interface TransactionOptions {
  readonly isolation?: Isolation;
  /** The actions of which a write leaves one in the audit log. */
  readonly audit?: readonly string[];
}

/** Settings of row-level security for the rest of a transaction: the account, and the role that it holds. */
const RLS = `select set_config('app.account', $1, true), set_config('role', $2, true)`;

const COMMIT: Statement = { name: 'COMMIT', text: 'COMMIT', values: [] };

const beginning = (isolation: Isolation | undefined, rls: RlsSettings | undefined): Statement[] => {
  const text = isolation ? `BEGIN ISOLATION LEVEL ${isolation}` : 'BEGIN';
  const begin = { name: text, text, values: [] };
  return rls ? [begin, { name: 'rls.write', text: RLS, values: [String(rls.account), rls.role] }] : [begin];
};

/**
 * Runs `work` between BEGIN and COMMIT on a connection of its own, under row-level security or, without `rls`, not; a connection
 * that broke is never used again. The beginning is sent with the first statement, and the commit with the last ones.
 */
export async function oneTransaction<T>(
  source: DataSource,
  isolation: Isolation | undefined,
  rls: RlsSettings | undefined,
  work: (scope: Scope) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  let client: ClientBase | undefined;
  let posted: Posted | undefined;
  try {
    client = (await runner.connect()) as ClientBase;
    posted = new Posted(client, beginning(isolation, rls));
    const { manager } = behind(runner, posted);
    const result = await work({ runner, manager, client, posted, underRls: rls !== undefined, afterCommit: [] });
    if (!posted.isIdle) await commit(posted);
    return result;
  } catch (error) {
    if (client && posted?.isBegun) await undo(client, posted, error);
    throw error;
  } finally {
    setActive(runner, false);
    await runner.release();
  }
}

/** TypeORM's queries come after what was posted, and it begins no transaction of its own around each `save`. */
function behind(runner: QueryRunner, posted: Posted): QueryRunner {
  const query = runner.query.bind(runner);
  runner.query = (...args: Parameters<QueryRunner['query']>) => posted.alone(() => query(...args));
  setActive(runner, true);
  return runner;
}

const setActive = (runner: QueryRunner, isActive: boolean): void =>
  void ((runner as { isTransactionActive: boolean }).isTransactionActive = isActive);

async function commit(posted: Posted): Promise<void> {
  let command: string | undefined;
  try {
    command = (await posted.ask([COMMIT]))[0]?.command;
  } catch (cause) {
    if (sqlState(cause) && !breaksConnection(cause)) throw cause;
    throw new CommitUncertain('the answer to COMMIT was lost', { cause });
  }
  // A transaction that failed inside is rolled back by its COMMIT, without an error.
  if (command === 'COMMIT') return;
  throw new Error('A failed statement was swallowed: the transaction was rolled back.');
}

async function undo(client: ClientBase, posted: Posted, error: unknown): Promise<void> {
  if (error instanceof CommitUncertain || breaksConnection(error)) return discard(client);
  try {
    await posted.rollback();
  } catch {
    discard(client);
  }
}

/** An ending client is not taken back by its pool. */
function discard(client: ClientBase): void {
  const ending = (client as ClientBase & { end(): Promise<void> }).end();
  ending.catch(() => undefined);
}
