import { migrate } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { DataSource } from 'typeorm';
import { DatabaseConfig } from '@open-cpo/platform';
import { persistence } from '../data-source';
import { LocksPublished1796086000000 } from './1796086000000-locks-published';

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

  it('publish the locks of accounts from before there was an event of them, however old', async () => {
    // With the outbox, which all services have.
    await migrate({
      ...persistence(Object.assign(new DatabaseConfig(), { databaseUrl: database.url })),
      url: database.ownerUrl,
    });
    const [{ id: countryId }] = await source.query<[{ id: number | null }]>('select min(id) as id from countries');
    const account = async (locked: string, closed: string): Promise<number> => {
      const text = `insert into accounts (country_id, currency, locked_at, closed_at) values ($1, 'DZD', ${locked}, ${closed})`;
      const [{ id }] = await source.query<[{ id: number }]>(`${text} returning id`, [countryId ?? 1]);
      return id;
    };
    const locked = await account(`now() - interval '2 years'`, 'null');
    await account('null', 'null');
    await account('now()', 'now()');
    const runner = source.createQueryRunner();
    try {
      await new LocksPublished1796086000000().up(runner);
    } finally {
      await runner.release();
    }
    expect(await source.query(`select name, aggregate, payload from outbox where kind = 'fact'`)).toEqual([
      {
        name: `facts.auth.accounts.locked.${locked}`,
        aggregate: `accounts ${locked}`,
        payload: { account_id: locked, locked: true },
      },
    ]);
  });
});
