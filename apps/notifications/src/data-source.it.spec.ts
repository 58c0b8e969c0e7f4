import { migrate, pendingChanges } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { DataSource } from 'typeorm';
import { database } from './data-source';

describe('the database of notifications', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('notifications_schema');
    await migrate(database(db.ownerUrl));
  });
  afterAll(() => db?.drop());

  it('is what the entities say', async () => {
    expect(await pendingChanges(database(db.url))).toEqual([]);
  });

  it('can be taken back to nothing and built again', async () => {
    const { url, migrations = [] } = database(db.ownerUrl);
    const options = { type: 'postgres', url, migrationsTableName: 'migrations' } as const;
    const source = await new DataSource({ ...options, migrations: [...migrations] }).initialize();
    for (const _ of migrations) await source.undoLastMigration();
    await source.destroy();
    const left = await db.query(`select 1 from pg_tables where tablename ~ '^(feeds|events|power_centers|webhook.*)$'`);
    expect(left).toEqual([]);
    expect(await migrate(database(db.ownerUrl))).toHaveLength(migrations.length);
  });
});
