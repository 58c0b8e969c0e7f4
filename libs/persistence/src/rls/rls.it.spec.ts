import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { DataSource } from 'typeorm';
import { WRITE_SCOPE, type WriteScope } from '@open-cpo/messaging';
import { caller, type Replica, startReplica } from '../fixture/replica';
import { acrossAccounts, migrate, type Owned, ownAccount, ownedRead, Transactions, RlsTables, within } from '..';
import { exemptFromRls } from './rls';

class Things extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    things: { column: 'account_id' },
    parts: { through: 'things', by: 'thing_id' },
  };
}

let database: TestDatabase;
let replica: Replica;
let transactions: Transactions;
let owner: DataSource;

beforeAll(async () => {
  database = await testDatabase('wall');
  await migrate({ name: 'wall', url: database.ownerUrl });
  await database.query('create table things (id int primary key, account_id int not null, name text)');
  await database.query(
    'create table parts (id int primary key, thing_id int not null references things on delete cascade)',
  );
  replica = await startReplica({ name: 'wall', url: database.url });
  ({ transactions } = replica);
  owner = await new DataSource({ type: 'postgres', url: database.ownerUrl }).initialize();
  await new Things().up(owner.createQueryRunner());
});

afterAll(async () => {
  await owner?.destroy();
  await replica?.stop();
  await database?.drop();
});

beforeEach(async () => {
  await database.query('truncate things, parts');
  await database.query(`insert into things values (1, 1, 'mine'), (2, 2, 'theirs'), (3, 1, 'mine')`);
  await database.query('insert into parts values (10, 1), (20, 2), (30, 3)');
});

const ANY = acrossAccounts('a test', 'select account_id from things where id = $1', 'things.any');
const ONE = ownedRead('select id, account_id from things where id = $1', 'things.one');

/** Queries that forgot whose rows they are after. */
const all = () => transactions.query<{ id: number }>('select id from things order by id');
const allParts = () => transactions.query<{ id: number }>('select id from parts order by id');
const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);
const as = <T>(accountId: number | undefined, work: () => Promise<T>) => within(accountId, work);
const names = async () =>
  (await database.query<{ name: string }>('select name from things order by id')).map((row) => row.name);

describe('a query that names no account', () => {
  it('finds the rows of the account that asks, in a transaction and outside of one', async () => {
    expect(ids(await as(1, all))).toEqual([1, 3]);
    expect(ids(await as(2, () => transactions.run(all)))).toEqual([2]);
    expect(ids(await as(7, all))).toEqual([]);
  });

  it('finds them with a statement that has a name, in one round trip', async () => {
    const named = () => transactions.query<{ id: number }>('select id from things order by id', [], 'things.all');
    for (const time of [1, 2]) expect([time, ids(await as(1, named))]).toEqual([time, [1, 3]]);
    expect(ids(await as(2, named))).toEqual([2]);
    expect(ids(await named())).toEqual([1, 2, 3]);
    expect(ids(await as(7, named))).toEqual([]);
  });

  it('cannot change anything outside of a transaction', async () => {
    const change = () => transactions.query(`update things set name = 'changed'`, [], 'things.change');
    await expect(as(1, change)).rejects.toThrow('read-only');
  });

  it('finds what belongs to those rows, and nothing that belongs to others', async () => {
    expect(ids(await as(1, allParts))).toEqual([10, 30]);
    expect(ids(await as(2, () => transactions.run(allParts)))).toEqual([20]);
  });

  it('streams the same rows', async () => {
    const streamed = async () => {
      const found: number[] = [];
      for await (const { id } of transactions.rows<{ id: number }>('select id from things order by id')) found.push(id);
      return found;
    };
    expect(await as(1, streamed)).toEqual([1, 3]);
    expect(await as(undefined, streamed)).toEqual([1, 2, 3]);
  });

  it('changes and removes nothing of another account', async () => {
    await as(1, () => transactions.run(() => transactions.query(`update things set name = 'changed'`)));
    expect(await names()).toEqual(['changed', 'theirs', 'changed']);
    await as(2, () => transactions.run(() => transactions.query('delete from things')));
    expect(await names()).toEqual(['changed', 'changed']);
  });

  it('tells its own error when it fails, and leaves its connection in order', async () => {
    for (let times = 0; times < 8; times += 1) {
      await expect(as(1, () => transactions.query('select 1 / 0 from things'))).rejects.toThrow('division by zero');
    }
    expect(ids(await as(1, all))).toEqual([1, 3]);
  });

  it('cannot give a row to another account', async () => {
    const gift = () => transactions.run(() => transactions.query(`insert into things values (4, 2, 'a gift')`));
    await expect(as(1, gift)).rejects.toThrow('row-level security');
    const pass = () => transactions.run(() => transactions.query('update things set account_id = 2 where id = 1'));
    await expect(as(1, pass)).rejects.toThrow('row-level security');
    expect(await names()).toEqual(['mine', 'theirs', 'mine']);
  });
});

describe('a service', () => {
  it('sees all rows when it works for itself, also on a connection that an account had before', async () => {
    await as(1, all);
    await as(1, () => transactions.run(all));
    expect(ids(await all())).toEqual([1, 2, 3]);
    expect(ids(await transactions.run(all))).toEqual([1, 2, 3]);
  });

  it('writes for an account behind its wall', async () => {
    const scope = replica.app.get<WriteScope>(WRITE_SCOPE);
    const request = {
      operation: { subject: 'test.things.all' },
      caller: caller({}, { accountId: 2 }),
      body: Buffer.from('{}'),
    };
    const { body } = await scope.run(request, async () => Buffer.from(JSON.stringify(await all())));
    expect(JSON.parse(Buffer.from(body).toString())).toEqual([{ id: 2 }]);
  });

  it('can tell what is somebody else’s from what does not exist, and is behind the wall again afterwards', async () => {
    const owner = (id: number) => transactions.firstAcrossAccounts<{ account_id: number }>(ANY, [id]);
    await as(1, () =>
      transactions.run(async () => {
        expect([await owner(1), await owner(2), await owner(9)]).toEqual([
          { account_id: 1 },
          { account_id: 2 },
          undefined,
        ]);
        expect(ids(await all())).toEqual([1, 3]);
      }),
    );
    expect(await as(1, () => owner(2))).toEqual({ account_id: 2 });
  });

  it('works for itself to the end, whatever it asks as itself in between', async () => {
    await as(1, () =>
      transactions.run(async () => {
        await transactions.asService(async () => {
          await transactions.asService(all);
          expect(ids(await all())).toEqual([1, 2, 3]);
        });
        expect(ids(await all())).toEqual([1, 3]);
      }),
    );
  });

  it('takes down the wall with its migration', async () => {
    const runner = owner.createQueryRunner();
    await new Things().down(runner);
    expect(ids(await as(1, all))).toEqual([1, 2, 3]);
    await new Things().up(runner);
    expect(ids(await as(1, all))).toEqual([1, 3]);
  });
});

describe('a read that is exempt from row-level security', () => {
  const exempt = <T>(work: () => T) => exemptFromRls(1, work);

  const text = 'select id from things where account_id = $1 order by id';

  it('asks by exempt reads', async () => {
    const named = await exempt(() => transactions.exempt<{ id: number }>({ text, name: 'things.own' }, ownAccount(1)));
    const rows: { id: number }[] = [];
    for await (const row of exempt(() => transactions.rowsExempt<{ id: number }>(text, [ownAccount(1)])))
      rows.push(row);
    expect([ids(named), ids(rows)]).toEqual([
      [1, 3],
      [1, 3],
    ]);
  });

  it('is for the account that asks alone', () => {
    expect(() => exempt(() => ownAccount(2))).toThrow('for the rows of the account that asks');
    expect(() => within(undefined, () => ownAccount('1'))).toThrow('for the rows of the account that asks');
  });

  it('that finds rows of others fails in every test', async () => {
    const forgot = 'select id from things where $1::int > 0 order by id';
    const asked = as(1, () => transactions.exempt({ text: forgot, name: 'things.forgot' }, ownAccount(1)));
    await expect(asked).rejects.toThrow('Without row-level security this read finds other rows');
    const streamed = as(1, () => transactions.rowsExempt(forgot, [ownAccount(1)]).batches.next());
    await expect(streamed).rejects.toThrow('Without row-level security this read finds other rows');
  });

  it('is refused everything behind which it counts on a wall that is not there', async () => {
    await expect(exempt(all)).rejects.toThrow('asks by exempt reads alone');
    await expect(exempt(() => transactions.run(all))).rejects.toThrow('asks by exempt reads alone');
    const rows = async () => transactions.rows('select id from things').batches.next();
    await expect(exempt(rows)).rejects.toThrow('asks by exempt reads alone');
  });

  it('finds an owned row, and refuses another account’s, in a transaction and outside of one', async () => {
    const one = (id: number) => transactions.owned(ONE, 1, [id]);
    const alone = <T>(work: () => Promise<T>) => work();
    for (const how of [alone, transactions.run.bind(transactions)] as (typeof alone)[]) {
      expect(await as(1, () => how(() => one(1)))).toEqual({ id: 1, account_id: 1 });
      await expect(as(1, () => how(() => one(2)))).rejects.toMatchObject({ code: 'forbidden' });
      await expect(as(1, () => how(() => one(9)))).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('may tell what belongs to somebody else from what does not exist', async () => {
    expect(await exempt(() => transactions.firstAcrossAccounts(ANY, [2]))).toEqual({ account_id: 2 });
  });
});

describe('what a stranger asks for that is not there', () => {
  it('is looked for once, in a transaction and outside of one: no time tells whether it is', async () => {
    const look = () => transactions.firstAcrossAccounts(ANY, [999]);
    const asked = jest.spyOn(transactions, 'ask');
    await look();
    await transactions.run(look);
    expect(asked).toHaveBeenCalledTimes(2);
    asked.mockRestore();
  });
});
