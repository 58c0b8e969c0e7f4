import { migrate } from '@open-cpo/persistence';
import { testBroker, type TestBroker, testConfig, testDatabase, type TestDatabase } from '@open-cpo/testing';
import { WorkforceConfig } from '../config';
import { database } from '../data-source';
import { loadDemo } from './load-demo';

describe('the demo', () => {
  let db: TestDatabase;
  let broker: TestBroker;
  let loaded: number[];
  const config = (env: NodeJS.ProcessEnv = {}) => testConfig(WorkforceConfig, broker, { DATABASE_URL: db.url, ...env });

  beforeAll(async () => {
    [db, broker] = await Promise.all([testDatabase('demo'), testBroker()]);
    await migrate(database(db.ownerUrl));
    loaded = await loadDemo(config());
  });
  afterAll(async () => {
    await broker?.stop();
    await db?.drop();
  });

  const state = () =>
    db.query(
      `select account_id, count(*)::int as workers, count(*) filter (where expire_at < current_date)::int as expired
       from workers group by account_id order by account_id`,
    );

  it('has six workers of one owner, two with cards that have ended, and one of another', async () => {
    expect(loaded).toEqual([1, 2]);
    expect(await state()).toEqual([
      { account_id: 1, workers: 6, expired: 2 },
      { account_id: 2, workers: 1, expired: 0 },
    ]);
  });

  it('has workers with cash, each in the currency of their owner', async () => {
    const cash = await db.query(
      `select w.account_id, c.currency, count(*)::int as n from worker_cash c join workers w on w.id = c.worker_id
       group by 1, 2 order by 1`,
    );
    expect(cash).toEqual([
      { account_id: 1, currency: 'DZD', n: 3 },
      { account_id: 2, currency: 'JOD', n: 1 },
    ]);
  });

  it('comes once, also when somebody has removed all of it', async () => {
    const before = await state();
    await db.query('update workers set deleted_at = now() where account_id = 2');
    expect(await loadDemo(config())).toEqual([]);
    expect(await state()).toEqual(before);
  });

  it('is refused in production', async () => {
    await expect(loadDemo(config({ NODE_ENV: 'production' }))).rejects.toThrow('no demo data in production');
  });
});
