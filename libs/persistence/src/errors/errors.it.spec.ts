import { Refusal } from '@open-cpo/contracts';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { type Replica, startReplica } from '../fixture/replica';
import { migrate, onUnique, translate, type Transactions } from '../index';
import { breaksConnection, CommitUncertain } from './translate';

let database: TestDatabase;
let replica: Replica;
let transactions: Transactions;

beforeAll(async () => {
  database = await testDatabase('errors');
  const options = { name: 'errors', url: database.url };
  await migrate({ ...options, url: database.ownerUrl });
  await database.query('create table kinds (id int primary key)');
  await database.query(`create table items (
    id smallint primary key, name varchar(5) constraint items_name unique, price numeric(4,2), at date,
    kind int references kinds (id), n int check (n > 0), must int not null default 1)`);
  await database.query(`insert into items (id, name) values (1, 'one')`);
  replica = await startReplica(options);
  ({ transactions } = replica);
});

afterAll(async () => {
  await replica?.stop();
  await database?.drop();
});

const ask = (text: string, params: (string | number)[] = []) => transactions.query(text, params);
const failure = (work: Promise<unknown>) => work.then(() => undefined).catch((error: unknown) => error);
const meaning = async (work: Promise<unknown>) => translate(await failure(work))?.code;

describe('what a client sees of PostgreSQL’s refusals', () => {
  it.each([
    ['a text that is too long', `insert into items (id, name) values (2, $1)`, ['longer'], 'validation_failed'],
    ['an id that is out of range', `select from items where id = $1::smallint`, ['70000'], 'validation_failed'],
    ['an amount that is out of range', `insert into items (id, price) values (2, $1)`, ['1000'], 'validation_failed'],
    ['an id that is none', `select from items where id = $1`, ['1F'], 'validation_failed'],
    ['a NUL in a text', `select from items where name = $1`, ['a\u0000b'], 'validation_failed'],
    ['a day that does not exist', `insert into items (id, at) values (2, $1)`, ['2025-02-30'], 'validation_failed'],
    ['a day that is none', `insert into items (id, at) values (2, $1)`, ['soon'], 'validation_failed'],
    ['a value that a check refuses', `insert into items (id, n) values (2, $1)`, [0], 'validation_failed'],
    ['what must be unique and is not', `insert into items (id, name) values (2, $1)`, ['one'], 'conflict'],
    ['a reference to nothing', `insert into items (id, kind) values (2, $1)`, [99], 'conflict'],
  ])('%s', async (_, text, params, code) => {
    expect(await meaning(ask(text, params))).toBe(code);
    expect(await meaning(transactions.run(() => ask(text, params)))).toBe(code);
    expect(await meaning(transactions.manager.query(text, params))).toBe(code);
  });

  it.each([
    ['a statement that is wrong', 'select from nothing', []],
    ['a value that we forgot', 'insert into items (id, must) values (2, null)', []],
  ])('%s is a fault of ours and stays one', async (_, text, params) => {
    expect(await meaning(ask(text, params))).toBeUndefined();
  });

  it('never shows what PostgreSQL said', async () => {
    const refusal = translate(await failure(ask(`insert into items (id, name) values (2, 'one')`)));
    expect(JSON.stringify(refusal?.toWire())).not.toMatch(/items|constraint|duplicate/);
    expect(refusal?.cause).toMatchObject({ code: '23505' });
  });

  it('a statement that takes too long is late, and its connection lives on', async () => {
    const error = await failure(ask('select pg_sleep(10)'));
    expect(error).toMatchObject({ code: '57014' });
    expect(translate(error)?.code).toBe('deadline_exceeded');
    expect(breaksConnection(error)).toBe(false);
  });

  it('a row that somebody else holds is unavailable for now', async () => {
    await transactions.run(async () => {
      await ask('select from items where id = 1 for update');
      const other = Promise.resolve().then(() =>
        replica.transactions.manager.connection.query('update items set n = 1'),
      );
      const error = await failure(other);
      expect(error).toMatchObject({ driverError: { code: '55P03' } });
      expect(translate(error)).toMatchObject({ code: 'service_unavailable', retryAfter: 2 });
    });
  });

  it('more requests than connections are refused after a moment instead of waiting for ever', async () => {
    const codes = await Promise.all(Array.from({ length: 8 }, () => meaning(ask('select pg_sleep(1.6)'))));
    expect(codes.filter((code) => code === 'service_unavailable').length).toBeGreaterThanOrEqual(2);
    expect(await meaning(ask('select 1'))).toBeUndefined();
  });

  it('an unanswered COMMIT may have happened', () => {
    expect(translate(new CommitUncertain())?.code).toBe('deadline_exceeded');
  });

  it('a refusal is what it is', () => {
    const refusal = new Refusal('forbidden');
    expect(translate(refusal)).toBe(refusal);
    expect(translate(new Error('ours'))).toBeUndefined();
    expect(translate('text')).toBeUndefined();
  });
});

describe('uniqueness', () => {
  const taken = onUnique('items_name', 'name', 'The name has already been taken.');

  it('becomes the error of its field, from SQL and from TypeORM alike', async () => {
    const expected = { code: 'validation_failed', fields: { name: ['The name has already been taken.'] } };
    const text = `insert into items (id, name) values (2, 'one')`;
    await expect(transactions.run(() => ask(text).catch(taken))).rejects.toMatchObject(expected);
    await expect(transactions.manager.query(text).catch(taken)).rejects.toMatchObject(expected);
  });

  it('of another index, and every other error, goes on as it was', async () => {
    await expect(ask('insert into items (id) values (1)').catch(taken)).rejects.toMatchObject({ code: '23505' });
    await expect(ask('select 1/0').catch(taken)).rejects.toMatchObject({ code: '22012' });
  });
});
