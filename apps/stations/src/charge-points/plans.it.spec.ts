import { migrate, type Param, type Transactions } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { database } from '../data-source';
import { HOLD } from '../charging/charger-states.repository';
import * as sql from './charge-point.queries';
import { ChargePointsRepository } from './charge-points.repository';

interface Asked {
  readonly text: string;
  readonly values: readonly Param[];
}

/** Catches the statements that the repository makes. */
class Listening {
  readonly asked: Asked[] = [];
  /** What it says of how long a list is; nothing makes it a large one. */
  constructor(private readonly total?: number) {}
  askExempt({ text, values }: Asked) {
    this.asked.push({ text, values });
    return Promise.resolve({ rows: this.total === undefined ? [] : [{ total: this.total }], fields: [] });
  }
}

const ROWS = 40_000;
const FILL = `
  insert into charge_points (account_id, identifier, token, category, title, time_zone, created_at, updated_at, deleted_at)
  select case when n % 2 = 0 then 1 else 1 + n % 97 end, 'PS_' || lpad(to_hex(n * 7919), 13, '0'), 'T' || n,
    'EV_CHARGER', 'Station ' || md5(n::text), 'UTC', now(), now(), case when n % 10 = 0 then now() end
  from generate_series(1, ${ROWS}) n`;

describe('with many power centers', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('plans');
    await migrate(database(db.ownerUrl));
    await db.query(FILL);
    await db.query(
      `insert into charge_point_connectors (charge_point_id, connector_type_id, number)
       select id, 1, 1 from charge_points`,
    );
    await db.query(
      `insert into charge_point_amenities (charge_point_id, amenity_id)
       select c.id, a.id from charge_points c join amenities a on a.id <= 2`,
    );
    await db.query('vacuum analyze');
  });
  afterAll(() => db?.drop());

  const planOf = async (text: string, values: readonly Param[]): Promise<string> => {
    const rows = await db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values as unknown[]);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const pagePlan = async (query: object, accountId = 1, total?: number): Promise<string> => {
    const listening = new Listening(total);
    await new ChargePointsRepository(listening as unknown as Transactions).page(query, accountId, {
      currency: 'DZD',
      rate: '136.2',
    });
    // For a search, how many there are to search among may have been asked before.
    if (!('search' in query)) expect(listening.asked).toHaveLength(1);
    const { text, values } = listening.asked.at(-1) as Asked;
    return planOf(text, values);
  };

  it('a page and its total are one statement that reads no table through', async () => {
    for (const accountId of [1, 2]) {
      const plan = await pagePlan({}, accountId);
      expect(plan).toMatch(/charge_point_count_shards/);
      expect(plan).toMatch(/Limit.*\n\s*->\s+Index Scan/);
      expect(plan).not.toMatch(/Seq Scan on charge_points|Sort/);
    }
  });

  it('a late page does not either', async () => {
    expect(await pagePlan({ page: 40 }, 2)).not.toMatch(/Seq Scan on charge_points/);
  });

  it.each([
    ['title', 'charge_points_by_title'],
    ['identifier', 'charge_points_by_identifier'],
  ])('a page by %s follows its index, in both directions', async (key, index) => {
    for (const order of ['asc', 'desc']) {
      const plan = await pagePlan({ sortBy: [{ key, order }], page: 3 });
      expect(plan).toContain(index);
      expect(plan).not.toMatch(/Seq Scan on charge_points|Sort/);
    }
  });

  it.each(['status', 'earning', 'rating'])('a page by %s sorts the rows of the account alone', async (key) => {
    const plan = await pagePlan({ sortBy: [{ key, order: 'desc' }] }, 2);
    expect(plan).toMatch(/Sort/);
    expect(plan).not.toMatch(/Seq Scan on charge_points/);
  });

  it('a search in another order still uses the trigrams', async () => {
    const plan = await pagePlan({ search: 'a3f9c', sortBy: [{ key: 'title', order: 'asc' }] });
    expect(plan.match(/charge_points_search/g)).toHaveLength(2);
    expect(plan).not.toMatch(/Seq Scan|charge_points_by_title/);
  });

  it.each([
    ['a part of the title', 'a3f9c', /charge_points_search/g],
    ['a part of the identifier', '1c2d', /charge_points_search/g],
  ])('a search for %s uses the trigrams', async (_, search, index) => {
    const plan = await pagePlan({ search });
    expect(plan.match(index)).toHaveLength(2);
    expect(plan).not.toMatch(/Seq Scan|charge_points_pkey|charge_points_newest/);
  });

  it('a search for two characters in a large list uses the trigrams', async () => {
    const plan = await pagePlan({ search: 'zz' });
    expect(plan.match(/charge_points_search/g)).toHaveLength(2);
    expect(plan).not.toMatch(/Seq Scan|charge_points_pkey|charge_points_newest/);
  });

  it.each([
    ['the middle of a text', 'zz', 3],
    ['a wildcard', '%', 4],
    ['a part of a text among few', 'a3f9c', 5],
  ])('a search for %s in a small list goes through the rows of the account', async (_, search, accountId) => {
    const plan = await pagePlan({ search }, accountId, accountId === 5 ? 300 : 600);
    expect(plan).toMatch(/charge_points_newest/);
    expect(plan).not.toMatch(/Seq Scan|charge_points_search/);
  });

  it('one power center is read whole in one statement without reading through a table of power centers', async () => {
    const plan = await planOf(sql.ONE.text, [17]);
    expect(plan).toMatch(/Index Scan using charge_points_pkey/);
    expect(plan).not.toMatch(/Seq Scan on charge_point/);
  });

  it.each([
    ['an identifier', sql.TAKEN.text, ['PS_x'], /charge_points_identifier/],
    ['chargers', HOLD, [[5], ['T5']], /charge_points_token/],
  ])('%s is found by its index', async (_, text, values, index) => {
    const plan = await planOf(text, values);
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(/Seq Scan/);
  });
});
