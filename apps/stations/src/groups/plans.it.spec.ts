import { Refusal } from '@open-cpo/contracts';
import { migrate, type OwnedRead, type Param, type Transactions } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { database } from '../data-source';
import { RangePricesRepository } from '../range-prices/range-prices.repository';
import { SitesRepository } from '../sites/sites.repository';
import { GroupsRepository } from './groups.repository';

interface Asked {
  readonly text: string;
  readonly values: readonly Param[];
}

/** Catches the statements that repositories make. */
class Listening {
  readonly asked: Asked[] = [];
  askExempt({ text, values }: Asked) {
    this.asked.push({ text, values });
    return Promise.resolve({ rows: [], fields: [] });
  }
  first(text: string, values: readonly Param[]) {
    this.asked.push({ text, values });
    return Promise.resolve(undefined);
  }
  owned({ text }: OwnedRead, _: number, values: readonly Param[]) {
    this.asked.push({ text, values });
    return Promise.reject(new Refusal('not_found'));
  }
  query(text: string, values: readonly Param[]) {
    this.asked.push({ text, values });
    return Promise.resolve([]);
  }
  async *rowsExempt(text: string, values: readonly Param[]): AsyncGenerator<never> {
    this.asked.push({ text, values });
  }
}

// Account 1 has 100,000 power centers, 1,000 groups and 1,000 sites; 40 others have some as well.
const FILL = [
  `insert into charging_sites (account_id, name, integration_code)
   select case when n <= 1000 then 1 else 2 + n % 40 end, 'Site ' || md5(n::text), md5('c' || n)
   from generate_series(1, 20000) n`,
  `insert into countries values (195, 'Algeria')`,
  `insert into site_addresses (site_id, country_id, state, city, address_line_1, latitude, longitude)
   select id, 195, 'a', 'b', 'c', 1, 2 from charging_sites`,
  `insert into charge_points (account_id, identifier, token, category, title, time_zone, created_at, updated_at,
     charging_site_id)
   select case when n <= 100000 then 1 else 2 + n % 40 end, 'P' || n, 'T' || n, 'EV_CHARGER', 'Point ' || md5(n::text),
     'UTC', now(), now(), case when n <= 100000 then 1 + n % 1000 end
   from generate_series(1, 120000) n`,
  `insert into charge_point_groups (account_id, name, company_name, license_code)
   select case when n <= 1000 then 1 else 2 + n % 40 end, 'Group ' || md5(n::text), md5('c' || n), md5('l' || n)
   from generate_series(1, 20000) n`,
  `insert into charge_point_group_members (group_id, charge_point_id)
   select 1 + (n + k * 37) % 1000, n from generate_series(1, 100000) n, generate_series(0, 1) k`,
  `insert into charge_point_prices (charge_point_id, price_amount, price_currency, price_usd, starting, ending)
   select n, 1, 'USD', 1, '20:00', '23:59' from generate_series(1, 100000) n`,
];

type Use = (transactions: Transactions) => Promise<unknown>;
const COUNTS = /limit 20001\)/;
const OWNER = { accountId: 1, today: '2025-05-12' };

async function drain(rows: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of rows);
}

describe('for an owner of 100,000 power centers and 1,000 groups', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('group_plans');
    await migrate(database(db.ownerUrl));
    for (const statement of FILL) await db.query(statement);
    await db.query('vacuum analyze');
  });
  afterAll(() => db?.drop());

  /** The one statement that it takes, and how PostgreSQL goes about it. */
  const planOf = async (use: Use): Promise<string> => {
    const listening = new Listening();
    await use(listening as unknown as Transactions).catch(() => undefined);
    // A search asks how long the list is before.
    const [{ text, values }, ...more] = listening.asked.filter((asked) => !COUNTS.test(asked.text)) as [Asked];
    expect(more).toEqual([]);
    const rows = await db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values as unknown[]);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };

  const groups =
    (query: object): Use =>
    (transactions) =>
      new GroupsRepository(transactions).page(query, 1);
  const sites =
    (query: object): Use =>
    (transactions) =>
      new SitesRepository(transactions).page(query, OWNER);
  const ASKED = { 'power-centers': true };

  it.each<[string, Use, RegExp[]]>([
    ['a page of groups', groups({}), [/charge_point_groups_newest/, /charge_point_group_members_pkey/]],
    ['a late page', groups({ page: 50 }), [/charge_point_groups_newest/]],
    ['a page with power centers', groups(ASKED), [/charge_point_group_members_pkey/, /charge_points_pkey/]],
    ['a group', (t) => new GroupsRepository(t).owned(7, 1), [/charge_point_groups_pkey/]],
    ['a group with power centers', (t) => new GroupsRepository(t).owned(7, 1, true), [/charge_points_pkey/]],
    ['a page of sites', sites({}), [/charging_sites_newest/, /charge_points_of_site/, /site_addresses_of/]],
    ['a page of sites with power centers', sites(ASKED), [/charging_sites_newest/, /charge_points_of_site/]],
    ['a site', (t) => new SitesRepository(t).owned(7, OWNER, true), [/charging_sites_pkey/, /charge_points_of_site/]],
    ['the prices of a power center', (t) => new RangePricesRepository(t).of(7), [/charge_point_prices_starting/]],
    ['a price', (t) => new RangePricesRepository(t).owned(7, 1), [/charge_point_prices_pkey/, /charge_points_pkey/]],
  ])('%s is one statement by indexes', async (_, use, indexes) => {
    const plan = await planOf(use);
    for (const index of indexes) expect(plan).toMatch(index);
    expect(plan).not.toMatch(/Seq Scan on (charg|site)/);
  });

  it.each<[string, Use, RegExp]>([
    ['groups for a part of a text', groups({ search: 'a3f9c' }), /charge_point_groups_search/],
    ['sites for a part of a text', sites({ search: 'a3f9c' }), /charging_sites_search/],
    ['groups for two characters', groups({ search: 'zz' }), /charge_point_groups_search/],
    ['sites for two characters', sites({ search: 'zz' }), /charging_sites_search/],
  ])('searching %s uses their index', async (_, use, index) => {
    const plan = await planOf(use);
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(/Seq Scan on (charg|site)/);
  });

  it.each<[string, Use]>([
    ['groups', (t) => drain(new GroupsRepository(t).all(ASKED, 1))],
    ['sites', (t) => drain(new SitesRepository(t).all(ASKED, OWNER))],
  ])('all %s come from one cursor that reads no table of power centers through', async (_, use) => {
    expect(await planOf(use)).not.toMatch(/Seq Scan on charge_point/);
  });

  it('a removed power center is cut off by indexes', async () => {
    const plans = await Promise.all(
      ['charge_point_prices', 'charge_point_group_members'].map((table) =>
        db.query<{ 'QUERY PLAN': string }>(`explain delete from ${table} where charge_point_id = 7`),
      ),
    );
    expect(JSON.stringify(plans)).not.toMatch(/Seq Scan/);
  });
});
