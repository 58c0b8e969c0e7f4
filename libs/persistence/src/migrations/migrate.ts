import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../connection/data-source';
import { migrationConfig } from '../connection/settings';
import { sqlState } from '../errors/sql-state';
import type { PersistenceOptions } from '../options';
import { grant, inOneTransaction } from '../rls/grants';
import { checkRoles, type Roles, rolesFor } from '../rls/roles';

const LOCK = 7_164_202;
/** Milliseconds between two tries to be the one that migrates. */
const LOCK_POLL_MS = 200;
const TRIES = 10;
/** A lock was not to be had in time; a deadlock. */
const BUSY = new Set(['55P03', '40P01']);

/**
 * Brings the schema up to date and answers the names of the migrations that ran. Of several at once one works and the
 * others wait for it. A migration that cannot have its lock within two seconds steps back and tries again, so that it
 * does not stop the running service.
 */
export async function migrate(options: PersistenceOptions): Promise<string[]> {
  const roles = rolesFor(options);
  const guard = new Client({ ...migrationConfig(options), lock_timeout: 0 });
  await guard.connect();
  try {
    await holdLock(guard);
    if (await checkRoles(guard, roles)) await retrying(() => takeOver(guard, roles));
    const names = await withSource(options, runAll);
    await inOneTransaction(guard, () => grant(guard, roles));
    return names;
  } finally {
    await guard.end();
  }
}

/** Asks again and again: who waits within a statement has a snapshot, for whose end the making of an index would wait. */
async function holdLock(guard: Client): Promise<void> {
  const held = async (): Promise<boolean> => {
    const { rows } = await guard.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [LOCK]);
    return rows[0]?.held === true;
  };
  while (!(await held())) await pause(LOCK_POLL_MS);
}

async function runAll(source: DataSource): Promise<string[]> {
  return retrying(async () => (await source.runMigrations()).map(({ name }) => name));
}

/**
 * Takes over what the runtime role made before there was an owner's role. The service may be at work: it has its rights
 * again in the same transaction.
 */
async function takeOver(guard: Client, roles: Roles): Promise<void> {
  await inOneTransaction(guard, async () => {
    await guard.query('set local lock_timeout = 2000');
    await guard.query(`reassign owned by "${roles.runtime}" to "${roles.owner}"`);
    await grant(guard, roles);
  });
}

/** Steps back from locks that the running service holds, and comes again. */
async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!BUSY.has(sqlState(error) ?? '') || tries === TRIES) throw error;
      await pause(Math.random() * 500 * tries);
    }
  }
}

/** Milliseconds between two looks at a schema that is not up to date yet. */
const LOOK_AGAIN = 2000;

/** Refusals that no waiting mends: a wrong password, or a role that may not come in. */
const NOT_ADMITTED = new Set(['28P01', '28000']);

/** Insufficient privilege: the service's role may not make the table of migrations, which the first of them does. */
const NOTHING_YET = '42501';
const NOT_RUN = 'Migrations of this version have not run yet.';

/** Why a schema is not up to date; nothing when it is. @throws Error when the database does not admit the role */
async function outdated(options: PersistenceOptions): Promise<string | undefined> {
  try {
    const pending = await withSource(options, (source) => source.showMigrations());
    return pending ? NOT_RUN : undefined;
  } catch (error) {
    const state = sqlState(error) ?? '';
    if (NOT_ADMITTED.has(state)) throw error;
    if (state === NOTHING_YET) return NOT_RUN;
    return error instanceof Error ? error.message || error.name : String(error);
  }
}

/**
 * Resolves when another process has brought the schema up to date; an unavailable database is waited for. `waits` receives the reason,
 * once for each reason.
 * @throws Error when the database does not admit the role
 */
export async function untilMigrated(
  options: PersistenceOptions,
  waits: (why: string) => void = () => undefined,
): Promise<void> {
  for (let told = ''; ; await pause(LOOK_AGAIN)) {
    const why = await outdated(options);
    if (why === undefined) return;
    if (why !== told) waits((told = why));
  }
}

/** What `migrate.js` does: brings the schema up to date, or with the word `wait` waits until another process has. */
export async function migrateOrWait(
  options: PersistenceOptions,
  words: readonly string[],
  waits?: (why: string) => void,
): Promise<string[]> {
  if (!words.includes('wait')) return migrate(options);
  await untilMigrated(options, waits);
  return [];
}

/**
 * The statements that would make the migrated schema what the entities say; none when both agree. An index over an
 * expression cannot be said with an entity and is not looked at.
 */
export async function pendingChanges(options: PersistenceOptions): Promise<string[]> {
  return withSource(options, async (source) => {
    const { upQueries } = await source.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  });
}

async function withSource<T>(options: PersistenceOptions, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = await migrationDataSource(options).initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}
