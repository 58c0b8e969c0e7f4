import { migrate, type Param, type Transactions } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { BY_CARD } from '../cards/cards.repository';
import { HELD, TILL } from '../cash/cash.queries';
import { database } from '../data-source';
import * as sql from './worker.queries';
import { WorkersRepository } from './workers.repository';

interface Asked {
  readonly text: string;
  readonly values: readonly Param[];
}

/** Catches the statements that the repository makes. */
class Listening {
  readonly asked: Asked[] = [];
  askExempt({ text, values }: Asked) {
    this.asked.push({ text, values });
    return Promise.resolve({ rows: [], fields: [] });
  }
  rowsExempt(text: string, values: readonly Param[]) {
    this.asked.push({ text, values });
    return [];
  }
}

const OWNER = { accountId: 1, currency: 'DZD' };
const FILL = [
  `insert into workers (account_id, first_name, last_name, email, rfid, expire_at, deleted_at)
   select case when n % 4 = 0 then 1 else 2 + n % 97 end, 'W' || md5(n::text), 'L' || md5('l' || n),
     md5('e' || n) || '@example.com', upper(lpad(to_hex(n * 7919), 10, '0')), '2030-01-01',
     case when n % 30 = 0 then now() end
   from generate_series(1, 40000) n`,
  `insert into cash_movements (account_id, worker_id, kind, amount, till_amount, currency)
   select account_id, id, 'handed_over', -5, 5, 'DZD' from workers where id % 4 = 1`,
  `insert into worker_cash select id, 'DZD', 12.5 from workers where id % 3 > 0`,
  `insert into currency_rates select 'C' || chr(65 + n / 26) || chr(65 + n % 26), 1, 1 from generate_series(0, 150) n`,
  'vacuum analyze',
];

describe('with ten thousand workers of one owner among many', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('workforce_plans');
    await migrate(database(db.ownerUrl));
    for (const statement of FILL) await db.query(statement);
  });
  afterAll(() => db?.drop());

  const planOf = async (text: string, values: readonly Param[]): Promise<string> => {
    const rows = await db.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values as unknown[]);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  };
  const pagePlan = async (query: object, accountId = 1): Promise<string> => {
    const listening = new Listening();
    await new WorkersRepository(listening as unknown as Transactions, undefined as never).page(query, {
      ...OWNER,
      accountId,
    });
    // A search asks how long the list is before.
    expect(listening.asked).toHaveLength('search' in query && listening.asked.length > 1 ? 2 : 1);
    const { text, values } = listening.asked.at(-1) as Asked;
    return planOf(text, values);
  };
  const NO_SCAN = /Seq Scan on (workers|worker_cash|cash_movements)/;

  it('a page, its total and the cash of its workers are one statement that reads indexes only', async () => {
    for (const accountId of [1, 2]) {
      const plan = await pagePlan({}, accountId);
      expect(plan).toMatch(/workers_newest/);
      expect(plan).toMatch(/worker_cash_pkey|PK_\w+ on worker_cash/);
      expect(plan).not.toMatch(NO_SCAN);
    }
  });

  it('the plain list is one statement, too', async () => {
    const listening = new Listening();
    for await (const row of new WorkersRepository(listening as unknown as Transactions, undefined as never).all(
      {},
      OWNER,
    )) {
      throw new Error(`unexpected ${JSON.stringify(row)}`);
    }
    expect(listening.asked).toHaveLength(1);
  });

  it.each([
    ['a part of a name', 'a3f9c'],
    ['a part of an address', 'b1c2@exam'],
    ['a part of a card', '1EEF'],
  ])('a search for %s uses the trigrams', async (_, search) => {
    const plan = await pagePlan({ search });
    expect(plan).toMatch(/workers_search/);
    expect(plan).not.toMatch(NO_SCAN);
  });

  it('a search for two characters in a large list uses the trigrams', async () => {
    const plan = await pagePlan({ search: 'zz' });
    expect(plan).toMatch(/workers_search/);
    expect(plan).not.toMatch(NO_SCAN);
  });

  it.each([
    ['one worker with their cash', sql.ONE.text, [17, 'DZD'], /workers_pkey|PK_\w+ on workers/],
    ['a card that is asked for', sql.TAKEN, [1, '00000F4240', null], /workers_(rfid|cards)/],
    ['a card that is held to a charger', BY_CARD, [1, '00000F4240', '2026-01-01'], /workers_(rfid|cards)/],
    ['the balance that a hand-over locks', HELD, [17], /worker_cash/],
    ['an owner’s till', TILL, [2], /cash_movements_till/],
  ])('%s is found by its index', async (_, text, values, index) => {
    const plan = await planOf(text, values);
    expect(plan).toMatch(index);
    expect(plan).not.toMatch(NO_SCAN);
  });
});
