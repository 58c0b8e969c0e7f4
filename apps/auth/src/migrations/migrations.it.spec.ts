import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { DataSource } from 'typeorm';
import { DatabaseConfig } from '@open-cpo/platform';
import { persistence } from '../data-source';

describe('the migrations of auth', () => {
  let database: TestDatabase;
  let source: DataSource;
  const tables = async (): Promise<string[]> => {
    const rows = await database.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migrations' order by 1`,
    );
    return rows.map(({ name }) => name);
  };

  beforeAll(async () => {
    database = await testDatabase('auth_migrations');
    const config = Object.assign(new DatabaseConfig(), { databaseUrl: database.ownerUrl });
    const { url, migrations } = persistence(config);
    source = new DataSource({ type: 'postgres', url, migrations: [...(migrations ?? [])] });
    await source.initialize();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('can be taken back and made again', async () => {
    const ran = await source.runMigrations({ transaction: 'each' });
    const made = await tables();
    expect(made).toEqual(expect.arrayContaining(['accounts', 'users', 'sessions', 'emails', 'api_keys', 'countries']));
    for (let n = 0; n < ran.length; n += 1) await source.undoLastMigration();
    expect(await tables()).toEqual([]);
    await source.runMigrations({ transaction: 'each' });
    expect(await tables()).toEqual(made);
  });
});
