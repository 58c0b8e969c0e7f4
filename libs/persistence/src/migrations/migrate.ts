import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from '../connection/data-source';
import { migrationConfig } from '../connection/settings';
import { sqlState } from '../errors/sql-state';
import type { PersistenceOptions } from '../options';
import { checkCallersRole, grantToCallers } from '../wall/callers-role';

const LOCK = 7_164_202;
const TRIES = 10;

/**
 * Brings the schema up to date and answers the names of the migrations that ran. Of several at once one works and the
 * others wait for it. A migration that cannot have its lock within two seconds steps back and tries again, so that it
 * does not stop the running service.
 */
export async function migrate(options: PersistenceOptions): Promise<string[]> {
  const guard = new Client({ ...migrationConfig(options), lock_timeout: 0 });
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [LOCK]);
    await checkCallersRole(guard, options);
    const names = await withSource(options, runAll);
    await grantToCallers(guard, options);
    return names;
  } finally {
    await guard.end();
  }
}

async function runAll(source: DataSource): Promise<string[]> {
  const names: string[] = [];
  for (let tries = 1; ; tries += 1) {
    try {
      names.push(...(await source.runMigrations()).map(({ name }) => name));
      return names;
    } catch (error) {
      if (sqlState(error) !== '55P03' || tries === TRIES) throw error;
      await pause(Math.random() * 500 * tries);
    }
  }
}

/** Milliseconds between two looks at a schema that is not up to date yet. */
const LOOK_AGAIN = 2000;

/** Resolves when somebody else has brought the schema up to date; a database that is away is waited for. */
export async function untilMigrated(options: PersistenceOptions): Promise<void> {
  while (await withSource(options, (source) => source.showMigrations()).catch(() => true)) await pause(LOOK_AGAIN);
}

/** What `migrate.js` does: brings the schema up to date, or with the word `wait` waits until another process has. */
export async function migrateOrWait(options: PersistenceOptions, words: readonly string[]): Promise<string[]> {
  if (!words.includes('wait')) return migrate(options);
  await untilMigrated(options);
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
