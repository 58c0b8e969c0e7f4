import { Refusal } from '@open-cpo/contracts';
import { testDatabase, type TestDatabase, until } from '@open-cpo/testing';
import { type Replica, startReplica } from '../fixture/replica';
import { migrate, translate, type Transactions } from '../index';

let database: TestDatabase;
let replica: Replica;
let transactions: Transactions;

beforeAll(async () => {
  database = await testDatabase('transactions');
  const options = { name: 'transactions', url: database.url };
  await migrate({ ...options, url: database.ownerUrl });
  await database.query('create table notes (id int primary key, text text, at date, big bigint, amount numeric(10,2))');
  replica = await startReplica(options);
  ({ transactions } = replica);
});

afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});

beforeEach(() => database.query('truncate notes'));

const add = (id: number) => transactions.query('insert into notes (id) values ($1)', [id]);
const stored = async () =>
  (await database.query<{ id: number }>('select id from notes order by id')).map(({ id }) => id);

const idle = async () => {
  const states = await database.query(
    `select state from pg_stat_activity where application_name = 'transactions' and state <> 'idle'`,
  );
  return states.length === 0;
};

describe('a transaction', () => {
  it('keeps everything that was asked inside of it, by SQL and by TypeORM alike', async () => {
    await transactions.run(async () => {
      await add(1);
      await transactions.manager.query('insert into notes (id) values (2)');
      expect(await stored()).toEqual([]);
    });
    expect(await stored()).toEqual([1, 2]);
  });

  it('keeps nothing after an error, which comes out as it was', async () => {
    const error = new Refusal('conflict');
    const work = transactions.run(async () => {
      await add(1);
      throw error;
    });
    await expect(work).rejects.toBe(error);
    expect(await stored()).toEqual([]);
  });

  it('is joined by what runs inside of it', async () => {
    const work = transactions.run(async () => {
      await transactions.run(() => add(1));
      await add(2);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await stored()).toEqual([]);
  });

  it('does not swallow that it was rolled back because somebody swallowed an error', async () => {
    const work = transactions.run(async () => {
      await add(1);
      await add(1).catch(() => undefined);
    });
    await expect(work).rejects.toThrow('swallowed');
    expect(await stored()).toEqual([]);
  });

  it('does what follows a commit after it and before its caller goes on', async () => {
    const seen: string[] = [];
    await transactions.run(async () => {
      await add(1);
      transactions.afterCommit(async () => {
        seen.push(`committed ${(await stored()).join()}`);
      });
      transactions.afterCommit(() => {
        throw new Error('not its fault');
      });
      transactions.afterCommit(() => void seen.push('and on'));
    });
    expect(seen).toEqual(['committed 1', 'and on']);
    expect(replica.lines.join()).toContain('not its fault');
  });

  it('does nothing of what follows a commit when there was none', async () => {
    const follow = jest.fn();
    const work = transactions.run(() => {
      transactions.afterCommit(follow);
      return Promise.reject(new Error('no'));
    });
    await expect(work).rejects.toThrow('no');
    expect(follow).not.toHaveBeenCalled();
    expect(() => transactions.afterCommit(follow)).toThrow('inside of run()');
  });
});

describe('what a transaction does without waiting for an answer', () => {
  const post = (id: number) => transactions.post('insert into notes (id) values ($1)', [id], 'notes.post');
  const ids = () => transactions.query<{ id: number }>('select id from notes order by id', [], 'notes.ids');

  it('is done in its order, before what is asked for next and before the commit', async () => {
    await transactions.run(async () => {
      post(1);
      post(2);
      expect(await ids()).toEqual([{ id: 1 }, { id: 2 }]);
      post(3);
      expect(await transactions.manager.query('select count(*)::int as n from notes')).toEqual([{ n: 3 }]);
      post(4);
      for await (const row of transactions.rows('select max(id) as id from notes')) expect(row).toEqual({ id: 4 });
      post(5);
      expect(await transactions.query('select max(id) as id from notes')).toEqual([{ id: 5 }]);
      post(6);
    });
    expect(await stored()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['nothing', () => Promise.resolve()],
    ['a prepared statement', ids],
    ['a statement with values', () => add(2)],
    ['a statement without values', () => transactions.query('select 1')],
    ['TypeORM', () => transactions.manager.query('select 1')],
    ['work as the service', () => transactions.asService(() => ids())],
  ])('fails what comes after it, %s, with its own error', async (_, next) => {
    const work = transactions.run(async () => {
      post(1);
      post(1);
      await next();
    });
    await expect(work).rejects.toMatchObject({ code: '23505' });
    expect(await stored()).toEqual([]);
  });

  it('is undone with the rest', async () => {
    const work = transactions.run(async () => {
      post(1);
      await ids();
      post(2);
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect(await stored()).toEqual([]);
  });

  it('may be a thousand things', async () => {
    await transactions.run(async () => {
      for (let id = 1; id <= 1000; id += 1) post(id);
    });
    expect(await stored()).toHaveLength(1000);
  });

  it('belongs into a transaction', () => {
    expect(() => post(1)).toThrow('inside of run()');
  });
});

describe('several things asked at once', () => {
  it('are answered one by one, each with what was committed before it began', async () => {
    await add(1);
    const answers = await transactions.run(() =>
      transactions.together([
        { name: 'notes.mark', text: 'update notes set text = $1 returning id', values: ['x'] },
        { name: 'notes.texts', text: 'select text from notes' },
        { text: 'select $1::int + 1 as n', values: [1] },
      ]),
    );
    expect(answers.map(({ rows }) => rows)).toEqual([[{ id: 1 }], [{ text: 'x' }], [{ n: 2 }]]);
  });
});

describe('transactions in each other’s way', () => {
  it('are run again after a deadlock, so that both succeed', async () => {
    await database.query(`insert into notes (id, text) values (1, ''), (2, '')`);
    let runs = 0;
    const marked = new Set<number>();
    const mark = (id: number) => transactions.query(`update notes set text = text || 'x' where id = $1`, [id]);
    const both = (first: number, second: number) =>
      transactions.run(async () => {
        runs += 1;
        await mark(first);
        // Both hold a row before either asks for the other's.
        marked.add(first);
        await until(() => marked.size === 2);
        await mark(second);
      });
    await database.administer(
      `alter database ${new URL(database.url).pathname.slice(1)} set deadlock_timeout = '50ms'`,
    );
    await Promise.all([both(1, 2), both(2, 1)]);
    expect(runs).toBeGreaterThan(2);
    expect(await database.query('select text from notes')).toEqual([{ text: 'xx' }, { text: 'xx' }]);
  });

  it('count right when serializable', async () => {
    await database.query('insert into notes (id, big) values (1, 0)');
    const bump = () =>
      transactions.run(
        async () => {
          const row = await transactions.first<{ big: number }>('select big from notes where id = 1');
          await transactions.query('update notes set big = $1 where id = 1', [(row?.big ?? 0) + 1]);
        },
        { isolation: 'SERIALIZABLE' },
      );
    const outcomes = await Promise.allSettled(Array.from({ length: 3 }, bump));
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(await database.query('select big::int from notes')).toEqual([{ big: done }]);
    expect(done).toBeGreaterThan(0);
  });
});

describe('values', () => {
  it('are the same inside and outside: days and decimals are texts, counts are numbers', async () => {
    const ask = () =>
      transactions.first(
        `select date '2026-02-28' as day, 3::bigint as big, 1.50::numeric(10,2) as amount, true as yes`,
      );
    const expected = { day: '2026-02-28', big: 3, amount: '1.50', yes: true };
    expect(await ask()).toEqual(expected);
    expect(await transactions.run(ask)).toEqual(expected);
    expect(await transactions.run(() => transactions.manager.query('select 3::bigint as big'))).toEqual([{ big: 3 }]);
  });

  it('come from a prepared statement as they do without', async () => {
    for (let i = 0; i < 8; i += 1) {
      expect(await transactions.first('select $1::int + 1 as n', [i], 'test.plus')).toEqual({ n: i + 1 });
    }
  });
});

describe('a table that gets a column while the service is at work', () => {
  const ALL = 'select * from crews order by id';
  const read = () => transactions.query(ALL, [], 'crews');
  const readSlowly = () =>
    transactions.query('select *, pg_sleep(0.1)::text from crews where id = 1', [], 'crews.slow');
  let column = 0;
  const migrated = () => database.query(`alter table crews add column more_${(column += 1)} int`);

  beforeAll(async () => {
    await database.query('create table crews (id int primary key)');
    await database.query('insert into crews values (1)');
  });
  // Connections that were given up end when the server comes to it.
  afterAll(() => until(idle));

  it('is read as before, by every connection that has prepared its statement', async () => {
    await Promise.all(Array.from({ length: 12 }, readSlowly));
    await migrated();
    const answers = await Promise.all(Array.from({ length: 12 }, readSlowly));
    expect(answers.map(([row]) => (row as { id: number }).id)).toEqual(Array(12).fill(1));
  });

  it('is written in transactions, which are run again', async () => {
    const write = (id: number) =>
      transactions.run(async () => {
        await readSlowly();
        await transactions.query('insert into crews (id) values ($1)', [id]);
      });
    await Promise.all(Array.from({ length: 12 }, (_, index) => write(100 + index)));
    await migrated();
    await Promise.all(Array.from({ length: 12 }, (_, index) => write(200 + index)));
    expect(await read()).toHaveLength(25);
  });
});

describe('rows from a cursor', () => {
  const count = 'select generate_series(1, $1::int) as n';
  it('come all, in order, in whatever batches', async () => {
    for (const [total, batch] of [
      [0, 10],
      [10, 10],
      [1234, 100],
      [99, 1000],
    ] as const) {
      const seen: number[] = [];
      for await (const { n } of transactions.rows<{ n: number }>(count, [total], { batch })) seen.push(n);
      expect(seen).toEqual(Array.from({ length: total }, (_, index) => index + 1));
    }
  });

  it('leave a clean connection behind when their reader leaves early', async () => {
    for (let round = 0; round < 20; round += 1) {
      for await (const { n } of transactions.rows<{ n: number }>(count, [5000], { batch: 10 })) if (n === 15) break;
    }
    await until(idle);
  });

  it('leave a clean connection behind when they fail half way', async () => {
    for (let round = 0; round < 10; round += 1) {
      const failing = transactions.rows('select 1 / (50 - n) from generate_series(1, $1::int) n', [100], { batch: 10 });
      const read = async () => {
        for await (const row of failing) expect(row).toBeDefined();
      };
      await expect(read()).rejects.toThrow('division by zero');
    }
    await until(idle);
  });

  it('see what their transaction has written', async () => {
    await transactions.run(async () => {
      await add(7);
      const seen: object[] = [];
      for await (const row of transactions.rows('select id from notes')) seen.push(row);
      expect(seen).toEqual([{ id: 7 }]);
    });
  });
});

describe('trouble with connections', () => {
  const cut = () =>
    database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'transactions' and pid <> pg_backend_pid()`,
    );

  it('ends neither the process nor later requests when the server ends idle connections', async () => {
    await Promise.all([add(1), add(2), add(3), transactions.run(() => add(4))]);
    await cut();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await transactions.run(() => add(5));
    expect(await stored()).toEqual([1, 2, 3, 4, 5]);
  });

  it('tells a reader and a writer that were cut off to come again', async () => {
    const reading = transactions.query('select pg_sleep(600)').catch((error: unknown) => translate(error)?.code);
    const writing = transactions
      .run(async () => {
        await add(1);
        await transactions.query('select pg_sleep(600)');
      })
      .catch((error: unknown) => translate(error)?.code);
    const sleeping = `select 1 from pg_stat_activity where state = 'active' and query = 'select pg_sleep(600)'
      and datname = current_database()`;
    await until(async () => (await database.query(sleeping)).length === 2);
    await cut();
    expect(await Promise.all([reading, writing])).toEqual(['service_unavailable', 'service_unavailable']);
    expect(await stored()).toEqual([]);
    await transactions.run(() => add(2));
    expect(await stored()).toEqual([2]);
  });
});
