import { migrate } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { DataSource } from 'typeorm';
import { SERVICES } from './services.spec-helper';

const tablesOf = async (db: TestDatabase): Promise<string[]> => {
  const text = `select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  return (await db.query<{ name: string }>(text)).map(({ name }) => name);
};

describe.each(Object.entries(SERVICES))('the database of %s', (name, optionsOf) => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase(`undone_${name}`);
    await migrate(optionsOf(db.ownerUrl));
  });
  afterAll(() => db?.drop());

  it('can be taken back to nothing of its own, and built again', async () => {
    const { url, entities = [], migrations = [] } = optionsOf(db.ownerUrl);
    const before = await tablesOf(db);
    const options = { type: 'postgres', url, entities, migrationsTableName: 'migrations' } as const;
    const source = await new DataSource({ ...options, migrations: [...migrations] }).initialize();
    for (const _ of migrations) await source.undoLastMigration();
    await source.destroy();
    const bare = await testDatabase(`bare_${name}`);
    await migrate({ name, url: bare.ownerUrl });
    expect(await tablesOf(db)).toEqual(await tablesOf(bare));
    await bare.drop();
    expect(await migrate(optionsOf(db.ownerUrl))).toHaveLength(migrations.length);
    expect(await tablesOf(db)).toEqual(before);
  });
});
