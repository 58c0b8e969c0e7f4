import { Health } from '@open-cpo/platform';
import { testDatabase, type TestDatabase, until } from '@open-cpo/testing';
import { DataSource } from 'typeorm';
import { type Replica, startReplica } from '../fixture/replica';
import { migrate } from '../index';
import { Leadership } from './leadership';

let database: TestDatabase;
let elsewhere: TestDatabase;
let replica: Replica | undefined;
const options = () => ({ name: 'connection', url: database.url, pool: 4 });

beforeAll(async () => {
  database = await testDatabase('connection');
  elsewhere = await testDatabase('elsewhere');
  await migrate({ ...options(), url: database.ownerUrl });
});

afterEach(async () => {
  await replica?.stop();
  replica = undefined;
});
afterAll(async () => {
  await database?.drop();
  await elsewhere?.drop();
});

const connections = async () =>
  (await database.query(`select 1 from pg_stat_activity where application_name = 'connection'`)).length;
const name = () => new URL(database.url).pathname.slice(1);
const cut = () =>
  database.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'connection'`);
const state = async () => (await replica?.app.get(Health).ready())?.checks.database;

describe('a service’s connections', () => {
  it('stay within its pool, apart from the one that watches, and are all given back at the end', async () => {
    const { transactions, stop } = (replica = await startReplica(options()));
    const pause = () => transactions.query('select pg_sleep(0.05)');
    await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? pause() : transactions.run(pause))));
    expect(await connections()).toBeLessThanOrEqual(5);
    await stop();
    replica = undefined;
    await until(async () => (await connections()) === 0);
  });

  it('have budgets, on every kind of connection', async () => {
    const { transactions, app } = (replica = await startReplica(options()));
    const settings = `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
      current_setting('idle_in_transaction_session_timeout') as idle, current_setting('application_name') as name`;
    const expected = { statement: '2500ms', lock: '1s', idle: '5s', name: 'connection' };
    expect(await transactions.first(settings)).toEqual(expected);
    expect(await transactions.run(() => transactions.first(settings))).toEqual(expected);
    expect(app.get(DataSource).options.synchronize).toBe(false);
  });

  it('tell readiness when the database goes away and when it is back, without a restart', async () => {
    const { transactions } = (replica = await startReplica(options()));
    await until(async () => (await state()) === 'up');
    await elsewhere.administer(`alter database ${name()} with allow_connections false`);
    await cut();
    await until(async () => (await state()) === 'down');
    await expect(transactions.query('select 1')).rejects.toThrow();
    await elsewhere.administer(`alter database ${name()} with allow_connections true`);
    await until(async () => (await state()) === 'up');
    expect(await transactions.first('select 1 as one')).toEqual({ one: 1 });
  });

  it('pass the lead on at once when the leader stops', async () => {
    const first = await startReplica(options());
    await until(() => first.app.get(Leadership).held);
    replica = await startReplica(options());
    await first.stop();
    const second = replica.app.get(Leadership);
    await until(() => second.held);
  });
});

describe('a database that is not there at the start', () => {
  it('is waited for', async () => {
    const late = await testDatabase('late');
    const lateName = new URL(late.url).pathname.slice(1);
    await migrate({ name: 'late', url: late.ownerUrl });
    await elsewhere.administer(`alter database ${lateName} with allow_connections false`);
    const starting = startReplica({ name: 'late', url: late.url });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await elsewhere.administer(`alter database ${lateName} with allow_connections true`);
    await (await starting).stop();
    await late.drop();
  });

  it('is not waited for when it does not exist: then the address is wrong', async () => {
    const url = new URL('/no_such_database', database.url).href;
    await expect(startReplica({ name: 'none', url })).rejects.toThrow('does not exist');
  });
});
