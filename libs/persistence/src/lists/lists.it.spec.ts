import type { SortCriterion } from '@open-cpo/contracts';
import { executionsByKeptPlan, testDatabase, type TestDatabase } from '@open-cpo/testing';
import { type Replica, startReplica } from '../fixture/replica';
import { allOf, type List, migrate, pageOf, SearchedTables, type Transactions } from '../index';

interface Point {
  readonly id: number;
  readonly title: string;
  readonly kind: string | null;
}

class SearchedPoints1700000000700 extends SearchedTables {
  readonly tables = {
    points: { columns: ['title', 'identifier'], replaces: { points_old: 'on points (lower(title))' } },
  };
}

let database: TestDatabase;
let replica: Replica;
let transactions: Transactions;

beforeAll(async () => {
  database = await testDatabase('lists');
  const options = { name: 'lists', url: database.url };
  await migrate({ ...options, url: database.ownerUrl });
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
  await database.query('create index points_old on points (lower(title))');
  await migrate({ ...options, url: database.ownerUrl, migrations: [SearchedPoints1700000000700] });
  // How many rows an account has is known exactly, not estimated from some of them.
  await database.query('alter table points alter account_id set statistics 1000');
  await database.query('vacuum analyze');
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
  searchIn: 'p.search_text',
  sortKeys: { power: 'p.power', title: 'p.title' },
  order: 'p.id desc',
  query,
  ...overrides,
});
/** Lists of a length that they do not have. */
const FEW = { total: 'select 9' };
const SMALL = { total: 'select 20000' };
const LARGE = { total: 'select 20001' };
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
      expect(await page({ search }, SMALL)).toEqual(await page({ search }, FEW));
    }
  });

  it('asks how many there are to search among once, and prepares what searches among few', async () => {
    const asked = jest.spyOn(transactions, 'askExempt');
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
    ['ecole', ['ÉCOLE']],
    ['قهوه المقهي', ['قهوة المقهى']],
    ['\u200F٥٠٪', ['50% off']],
    ['\u200Fgar\u00ADage', ['old Garage', 'Garage']],
    ['\uFF05', ['50% off']],
    ['\uFF3F', ['a_b']],
    ['\uFF3C', ['back\\slash']],
    ["'; drop table points; --", []],
  ])('for %s finds %j, however long the list is', async (search, expected) => {
    for (const length of [FEW, SMALL]) expect(await titles(search, length)).toEqual(expected);
    if ([...search].length > 2) expect(await titles(search, LARGE)).toEqual(expected);
  });

  it('for invisible marks alone is no search', async () => {
    for (const length of [FEW, SMALL, LARGE]) expect((await page({ search: '\u200F' }, length)).meta.total).toBe(9);
  });

  it('of one or two characters looks at the beginnings of words where the list is large', async () => {
    expect(await titles('ga', LARGE)).toEqual(['old Garage', 'Garage']);
    expect(await titles('ag', LARGE)).toEqual([]);
    expect(await titles('\u200Fa\u200Eg', LARGE)).toEqual([]);
    expect(await titles('age', LARGE)).toEqual(['old Garage', 'Garage']);
  });

  it('of all rows finds the same', async () => {
    for (const [search, length, expected] of [
      ['ag', SMALL, ['old Garage', 'Garage']],
      ['ag', LARGE, []],
      ['ga', LARGE, ['old Garage', 'Garage']],
    ] as const) {
      const seen: string[] = [];
      for await (const { title } of allOf<Point>(transactions, list({ search }, length))) seen.push(title);
      expect(seen).toEqual(expected);
    }
  });

  it('looks into all columns of the table, into each for itself, and into no other account', async () => {
    expect(await titles('id-3')).toEqual(['50x off']);
    expect(await titles('garage id-')).toEqual([]);
    expect(await titles('site')).toEqual([]);
  });

  it('finds a row by what it says now', async () => {
    await database.query(`update points set title = 'مَحَطّة' where account_id = 1 and title = 'axb'`);
    expect(await titles('محطه')).toEqual(['مَحَطّة']);
    expect(await titles('axb')).toEqual([]);
    await database.query(`update points set title = 'axb' where account_id = 1 and title = 'مَحَطّة'`);
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
    const cursors = jest.spyOn(transactions, 'rowsExempt');
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
    const asked = jest.spyOn(transactions, 'askExempt');
    await page(query, overrides);
    const last = asked.mock.calls.at(-1)?.[0] ?? { text: '' };
    asked.mockRestore();
    return last;
  };
  /** How PostgreSQL goes about the very statement that was asked. */
  const planOf = async (query: List['query'], overrides: Partial<List> = {}) => {
    const { text, values } = (await lastAsked(query, overrides)) as { text: string; values: unknown[] };
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

  it('answer two characters from the rows of the account, or from the trigram index where those are many', async () => {
    const small = await planOf({ search: 'A1' }, { params: [2], ...SMALL });
    expect(small).toContain('points_account');
    expect(small).not.toMatch(/points_search|Seq Scan on points/);
    const large = await planOf({ search: 'zz' }, { params: [2], ...LARGE });
    expect(large).toContain('points_search');
    expect(large).not.toContain('Seq Scan on points');
  });

  it('count no more rows than must be known of a list without a counter', async () => {
    const asked = jest.spyOn(transactions, 'askExempt');
    await page({ search: 'garage' }, { params: [3] });
    const [{ text, values }] = asked.mock.calls[0] as [{ text: string; values: unknown[] }];
    asked.mockRestore();
    expect(text).toContain('limit 20001');
    const plan = JSON.stringify(await database.query(`explain ${text}`, values));
    expect(plan).toContain('points_account');
  });
});
