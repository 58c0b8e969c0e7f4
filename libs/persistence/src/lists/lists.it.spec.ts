import type { SortCriterion } from '@open-cpo/contracts';
import { executionsByKeptPlan, testDatabase, type TestDatabase } from '@open-cpo/testing';
import { type Replica, startReplica } from '../fixture/replica';
import { allOf, type List, migrate, pageOf, type Transactions } from '../index';

interface Point {
  readonly id: number;
  readonly title: string;
  readonly kind: string | null;
}

let database: TestDatabase;
let replica: Replica;
let transactions: Transactions;

beforeAll(async () => {
  database = await testDatabase('lists');
  const options = { name: 'lists', url: database.url };
  await migrate(options);
  await database.query('create table kinds (id int primary key, name text)');
  await database.query(`create table points (id int generated always as identity primary key, account_id int not null,
    title text not null, identifier text not null, power int not null, kind_id int references kinds (id))`);
  await database.query(`insert into kinds values (1, 'fast')`);
  await database.query(`insert into points (account_id, title, identifier, power, kind_id)
    select 2 + i % 40, 'Site ' || md5(i::text), md5('cp' || i), i % 5, null from generate_series(1, 40000) i`);
  const titles = [
    'Garage',
    'قهوة المقهى',
    '50% off',
    '50x off',
    'a_b',
    'axb',
    String.raw`back\slash`,
    'ÉCOLE',
    'old Garage',
  ];
  for (const [index, title] of titles.entries()) {
    const values = [title, `ID-${index}`, index % 3, index === 0 ? 1 : null];
    await database.query(
      'insert into points (account_id, title, identifier, power, kind_id) values (1, $1, $2, $3, $4)',
      values,
    );
  }
  await database.query('create index points_account on points (account_id, id desc)');
  await database.query('create index points_search on points using gin (lower(title) gin_trgm_ops)');
  await database.query('create index points_prefix on points (account_id, lower(identifier) text_pattern_ops)');
  await database.query('analyze');
  replica = await startReplica(options);
  ({ transactions } = replica);
});

afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});

const list = (query: List['query'] = {}, overrides: Partial<List> = {}): List => ({
  select: 'p.id, p.title, k.name as kind',
  from: 'points p left join kinds k on k.id = p.kind_id',
  where: 'p.account_id = $1',
  params: [1],
  countFrom: 'points p',
  searchIn: ['p.title'],
  sortKeys: { power: 'p.power', title: 'p.title' },
  order: 'p.id desc',
  query,
  ...overrides,
});
const page = (query: List['query'] = {}, overrides: Partial<List> = {}) =>
  pageOf<Point>(transactions, list(query, overrides));
const titles = async (search: string, overrides: Partial<List> = {}) =>
  (await page({ search }, overrides)).data.map(({ title }) => title);

describe('a page', () => {
  it('has the newest rows first, as plain values, and the number of all', async () => {
    const { data, meta } = await page({ itemsPerPage: 2 });
    expect(data.map(({ title }) => title)).toEqual(['old Garage', 'ÉCOLE']);
    expect(Object.keys(data[0] ?? {})).toEqual(['id', 'title', 'kind']);
    expect(meta).toEqual({ per_page: 2, total: 9 });
  });

  it('joins what the list joins, and keeps rows without', async () => {
    const { data } = await page({ itemsPerPage: -1 });
    expect(data.map(({ kind }) => kind)).toEqual([...Array<null>(8).fill(null), 'fast']);
  });

  it('has fifteen rows unless the request says otherwise', async () => {
    expect((await page({}, { params: [2] })).data).toHaveLength(15);
    expect(await page({ itemsPerPage: null, page: null, search: null })).toMatchObject({
      meta: { per_page: 15, total: 9 },
    });
  });

  it('has all rows for -1', async () => {
    const { data, meta } = await page({ itemsPerPage: -1 });
    expect(data).toHaveLength(9);
    expect(meta).toEqual({ per_page: -1, total: 9 });
  });

  it('past the end is empty and still tells the number of all', async () => {
    expect(await page({ page: 99 })).toEqual({ data: [], meta: { per_page: 15, total: 9 } });
    expect(await page({ page: 1_000_000, itemsPerPage: 1000 })).toMatchObject({ data: [] });
    expect(await page({}, { params: [999] })).toEqual({ data: [], meta: { per_page: 15, total: 0 } });
  });

  it('never repeats a row and leaves none out, whatever the order', async () => {
    const sortBy: SortCriterion[] = [{ key: 'power', order: 'desc' }];
    const seen: number[] = [];
    for (let number = 1; number <= 5; number += 1) {
      seen.push(...(await page({ itemsPerPage: 2, page: number, sortBy })).data.map(({ id }) => id));
    }
    expect(new Set(seen).size).toBe(9);
  });

  it('takes its total from a counter where the list has one, but not for a search', async () => {
    expect((await page({}, { total: 'select 12345' })).meta.total).toBe(12345);
    expect((await page({ search: 'garage' }, { total: 'select 12345' })).meta.total).toBe(2);
  });

  it('finds the same among few rows as among many', async () => {
    for (const search of ['garage', 'É', '50%', '_', 'nothing', 'Old ', 'école']) {
      for (const shortSearch of ['anywhere', 'prefix'] as const) {
        const many = await page({ search }, { shortSearch });
        expect(await page({ search }, { shortSearch, total: 'select 9' })).toEqual(many);
      }
    }
  });

  it('asks how many there are to search among once, and prepares what searches among few', async () => {
    const asked = jest.spyOn(transactions, 'ask');
    const few = { params: [1], total: 'select 3 + 4' };
    await page({ search: 'garage' }, few);
    await page({ search: 'else' }, few);
    const statements = asked.mock.calls.map(([{ text, name }]) => [text.includes('3 + 4'), name !== undefined]);
    asked.mockRestore();
    expect(statements).toEqual([
      [true, false],
      [false, true],
      [false, true],
    ]);
  });

  it('sees what its transaction has written', async () => {
    const undone = transactions.run(async () => {
      await transactions.query(`insert into points (account_id, title, identifier, power) values (1, 'new', 'n', 1)`);
      expect((await page()).meta.total).toBe(10);
      throw new Error('enough');
    });
    await expect(undone).rejects.toThrow('enough');
  });
});

describe('sorting', () => {
  const by = (...sortBy: SortCriterion[]) => page({ itemsPerPage: 3, sortBy });

  it('goes by the documented keys in their order, then newest first', async () => {
    expect((await by({ key: 'title', order: 'asc' })).data[0]?.title).toBe('50% off');
    const { data } = await by({ key: 'power', order: 'asc' }, { key: 'title', order: 'desc' });
    expect(data.map(({ title }) => title)).toEqual(['back\\slash', 'Garage', '50x off']);
  });

  it('never takes a key for SQL', async () => {
    const sneaky = await by({ key: 'p.id; drop table points', order: 'asc' }, { key: 'constructor', order: 'asc' });
    expect(sneaky.data[0]?.title).toBe('old Garage');
  });
});

describe('searching', () => {
  it.each([
    ['GARAGE', ['old Garage', 'Garage']],
    ['école', ['ÉCOLE']],
    ['المقهى', ['قهوة المقهى']],
    ['50%', ['50% off']],
    ['a_b', ['a_b']],
    ['k\\s', ['back\\slash']],
    ['  garage ', ['old Garage', 'Garage']],
    ['%', ['50% off']],
    ['_', ['a_b']],
    ['ag', ['old Garage', 'Garage']],
    ["'; drop table points; --", []],
  ])('for %s finds %j', async (search, expected) => {
    expect(await titles(search)).toEqual(expected);
  });

  it('of one or two characters looks at the beginning alone where the list says so', async () => {
    expect(await titles('ga', { shortSearch: 'prefix' })).toEqual(['Garage']);
    expect(await titles('age', { shortSearch: 'prefix' })).toEqual(['old Garage', 'Garage']);
  });

  it('looks into all columns that the list names and into no other account', async () => {
    expect(await titles('id-3', { searchIn: ['p.title', 'p.identifier'] })).toEqual(['50x off']);
    expect(await titles('site')).toEqual([]);
  });
});

describe('every row', () => {
  it('comes one after the other, in the order asked for', async () => {
    const seen: string[] = [];
    for await (const { title } of allOf<Point>(transactions, list({ search: 'gar' }), { batch: 1 })) seen.push(title);
    expect(seen).toEqual(['old Garage', 'Garage']);
    let rows = 0;
    for await (const row of allOf<Point>(transactions, list({}, { params: [2] }))) rows += row.id > 0 ? 1 : 0;
    expect(rows).toBe(1000);
  });

  it('comes at once where there are few, and with a cursor where there are more', async () => {
    const cursors = jest.spyOn(transactions, 'rows');
    const read = async (batch?: number): Promise<string[]> => {
      const titles: string[] = [];
      for await (const { title } of allOf<Point>(transactions, list({}), { batch })) titles.push(title);
      return titles;
    };
    const all = await read();
    expect(cursors).not.toHaveBeenCalled();
    expect(await read(all.length)).toEqual(all);
    expect(cursors).not.toHaveBeenCalled();
    expect(await read(all.length - 1)).toEqual(all);
    expect(cursors).toHaveBeenCalledTimes(1);
    cursors.mockRestore();
  });

  it('is of one account: a list that is not bound to it is not read', () => {
    const strangers = list({}, { where: 'p.account_id > $1' });
    expect(() => allOf<Point>(transactions, strangers)).toThrow('begins with its account');
  });
});

describe('the plans', () => {
  const lastAsked = async (query: List['query'], overrides: Partial<List> = {}) => {
    const asked = jest.spyOn(transactions, 'ask');
    await page(query, overrides);
    const last = asked.mock.calls.at(-1)?.[0] ?? { text: '' };
    asked.mockRestore();
    return last;
  };
  /** How PostgreSQL goes about the very statement that was asked. */
  const planOf = async (query: List['query'], overrides: Partial<List> = {}) => {
    const { text, values } = await lastAsked(query, overrides);
    const rows = await database.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };

  it('take a page and its total from an index, without sorting', async () => {
    const plan = await planOf({ itemsPerPage: 5 });
    expect(plan).toContain('points_account');
    expect(plan).not.toMatch(/Sort|Seq Scan on points/);
  });

  it.each([1, 20])('are made once for page %i, however large the table is', async (number) => {
    const total = { params: [2], total: 'select 1000' };
    expect(await executionsByKeptPlan(database, await lastAsked({ page: number }, total))).toBeGreaterThan(0);
  });

  it('answer three characters and more from the trigram index', async () => {
    const plan = await planOf({ search: 'a1b2c3' }, { params: [2] });
    expect(plan).toContain('points_search');
    expect(plan).not.toContain('Seq Scan on points');
  });

  it('go through the rows of who has few, whatever is searched for', async () => {
    const plan = await planOf({ search: 'a1b2c3' }, { params: [2], total: 'select 7' });
    expect(plan).toContain('points_account');
    expect(plan).not.toContain('points_search');
  });

  it('answer a prefix from the pattern index', async () => {
    const narrow = { params: [2], searchIn: ['p.identifier'], shortSearch: 'prefix' } as const;
    const plan = await planOf({ search: 'A1' }, narrow);
    expect(plan).toContain('points_prefix');
    expect(plan).toContain('~>=~');
  });
});
