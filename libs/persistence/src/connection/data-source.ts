import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@open-cpo/platform';
import * as pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { AuditChain1700000000200 } from '../audit/audit-chain';
import { AuditPersonal1700000000500 } from '../audit/audit-personal';
import { sqlState } from '../errors/sql-state';
import { AuditTrailIndexes1700000000400 } from '../migrations/audit-trail-indexes';
import { migrationsTable, PersistenceRls1700000000100 } from '../migrations/persistence-rls';
import { PersistenceTables1700000000000 } from '../migrations/persistence-tables';
import { ParkedStoredAt1700000000700 } from '../migrations/parked-stored-at';
import { SetAsideTables1700000000300 } from '../migrations/set-aside-tables';
import type { PersistenceOptions } from '../options';
import { AuditPartitions1700000000820 } from '../partitions/audit-partitions';
import { OutboxPartitions1700000000810 } from '../partitions/outbox-partitions';
import { PartitionFunctions1700000000800 } from '../partitions/partition-functions';
import { SearchFunctions1700000000600 } from '../search/search-functions';
import { quietLogger } from './quiet-logger';
import { migrationConfig, writePool } from './settings';

/** Milliseconds to wait for a database: after an outage all services of a cluster connect at once, on few cores. */
const CONNECT_TIMEOUT_MS = 300_000;
/** Wrong password, no such user, no such database: waiting does not help. */
const PERMANENT_ERROR = /^(28|3D)/;

const settings = ({ url, entities, migrations = [] }: PersistenceOptions) => ({
  type: 'postgres' as const,
  // TypeORM would load it by a name that no bundler can follow.
  driver: pg,
  url,
  entities,
  migrations: [
    PersistenceTables1700000000000,
    PersistenceRls1700000000100,
    AuditChain1700000000200,
    SetAsideTables1700000000300,
    ParkedStoredAt1700000000700,
    AuditTrailIndexes1700000000400,
    AuditPersonal1700000000500,
    SearchFunctions1700000000600,
    PartitionFunctions1700000000800,
    OutboxPartitions1700000000810,
    AuditPartitions1700000000820,
    ...migrations,
  ],
  migrationsTableName: migrationsTable,
  migrationsTransactionMode: 'each' as const,
  synchronize: false,
  migrationsRun: false,
  installExtensions: false,
  uuidExtension: 'pgcrypto' as const,
  logger: quietLogger,
});

/** A data source for writing: never `synchronize`, budgets as everywhere. */
export const serviceDataSource = (options: PersistenceOptions, log: Log): DataSource =>
  new DataSource({
    ...settings(options),
    extra: writePool(options),
    poolErrorHandler: (error: unknown) => log.warn('An idle database connection was lost', { error }),
  } satisfies DataSourceOptions);

/** A data source for migrations and for comparing schemas. */
export const migrationDataSource = (options: PersistenceOptions): DataSource =>
  new DataSource({ ...settings(options), extra: migrationConfig(options) } satisfies DataSourceOptions);

/** Connects; a database that is not up yet is waited for. */
export async function open(source: DataSource, log: Log, patience = CONNECT_TIMEOUT_MS): Promise<DataSource> {
  const until = Date.now() + patience;
  for (let wait = 250; ; wait = Math.min(wait * 2, 2000)) {
    try {
      return await source.initialize();
    } catch (error) {
      if (Date.now() + wait > until || PERMANENT_ERROR.test(sqlState(error) ?? '')) throw error;
      log.warn('Waiting for the database', { error });
      await pause(wait);
    }
  }
}
