import { migrate } from '@open-cpo/persistence';
import { testBroker, type TestBroker, testConfig, testDatabase, type TestDatabase } from '@open-cpo/testing';
import { StationsConfig } from '../config';
import { database } from '../data-source';
import { loadDemo } from './load-demo';

describe('the demo', () => {
  let db: TestDatabase;
  let broker: TestBroker;
  let loaded: number[];
  const config = (env: NodeJS.ProcessEnv = {}) => testConfig(StationsConfig, broker, { DATABASE_URL: db.url, ...env });

  beforeAll(async () => {
    [db, broker] = await Promise.all([testDatabase('demo'), testBroker()]);
    await migrate(database(db.ownerUrl));
    loaded = await loadDemo(config());
  });
  afterAll(async () => {
    await broker?.stop();
    await db?.drop();
  });

  const count = async (accountId: number) =>
    (await db.query('select count(*)::int as n from charge_points where account_id = $1', [accountId]))[0]?.n;

  it('has 24 power centers of one owner and 4 of another, in their zones', async () => {
    expect(loaded).toEqual([1, 2]);
    expect([await count(1), await count(2)]).toEqual([24, 4]);
    const zones = await db.query<{ z: string }>('select distinct time_zone as z from charge_points order by 1');
    expect(zones.map(({ z }) => z)).toEqual([
      'Africa/Algiers',
      'Africa/Casablanca',
      'Africa/Tunis',
      'Asia/Amman',
      'Asia/Dubai',
      'Europe/Paris',
    ]);
  });

  it('has power centers in every state, listed and not, priced and free', async () => {
    const [row] = await db.query(
      `select bool_or(busy and connected) as busy, bool_or(reserved) as booked, bool_or(not configured) as new,
         bool_or(configured and not connected) as away, bool_or(listed) and bool_or(not listed) as both,
         bool_or(price_usd is null) and bool_or(price_usd > 0) as prices,
         count(distinct price_currency)::int as currencies, count(distinct category)::int as categories
       from charge_points where account_id = 1`,
    );
    expect(row).toEqual({
      busy: true,
      booked: true,
      new: true,
      away: true,
      both: true,
      prices: true,
      currencies: 5,
      categories: 3,
    });
  });

  it('has groups, sites on and off, and prices by the time of day, each of its owner', async () => {
    const count = (table: string, accountId: number) =>
      db.query(`select count(*)::int as n from ${table} where account_id = $1`, [accountId]);
    expect([await count('charge_point_groups', 1), await count('charge_point_groups', 2)]).toEqual([
      [{ n: 3 }],
      [{ n: 1 }],
    ]);
    const sites = await db.query(
      `select s.name, s.status, k.name as country, c.title from charging_sites s
       join site_addresses a on a.site_id = s.id join countries k on k.id = a.country_id
       join charge_points c on c.charging_site_id = s.id and c.account_id = s.account_id
       where s.category_id is not null order by s.id`,
    );
    expect(sites).toHaveLength(5);
    expect(sites[3]).toEqual({ name: 'Sidi Yahia', status: false, country: 'Algeria', title: 'Sidi Yahia Depot' });
    const prices = await db.query('select price_currency, count(*)::int as n from charge_point_prices group by 1');
    expect(prices).toEqual(
      expect.arrayContaining([
        { price_currency: 'DZD', n: 3 },
        { price_currency: 'JOD', n: 1 },
      ]),
    );
  });

  it('has categories of both types', async () => {
    const types = await db.query('select distinct type from categories where account_id = 1 order by 1');
    expect(types).toEqual([{ type: 'charge-point' }, { type: 'charging-site' }]);
  });

  it('comes once, also when somebody has removed all of it', async () => {
    await db.query('update charge_points set deleted_at = now() where account_id = 2');
    expect(await loadDemo(config())).toEqual([]);
    expect([await count(1), await count(2)]).toEqual([24, 4]);
  });

  it('is refused in production', async () => {
    await expect(loadDemo(config({ NODE_ENV: 'production', ALLOW_INSECURE: 'http' }))).rejects.toThrow(
      'no demo data in production',
    );
  });
});
