import { migrate } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { DataSource } from 'typeorm';
import { database } from './data-source';

describe('the database of chargers', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('chargers_schema');
    await migrate(database(db.ownerUrl));
  });
  afterAll(() => db?.drop());

  it('can be taken back to nothing and built again', async () => {
    const { url, migrations = [] } = database(db.ownerUrl);
    const settings = { type: 'postgres', url, migrationsTableName: 'migrations' } as const;
    const source = await new DataSource({ ...settings, migrations: [...migrations] }).initialize();
    for (const _ of migrations) await source.undoLastMigration();
    await source.destroy();
    expect(await db.query(`select 1 from pg_tables where tablename ~ '^(chargers|transactions)$'`)).toEqual([]);
    expect(await migrate(database(db.ownerUrl))).toHaveLength(migrations.length);
  });
});
