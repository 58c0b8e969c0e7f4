import { Refusal } from '@open-cpo/contracts';
import { WRITE_SCOPE, type WriteScope } from '@open-cpo/messaging';
import { Health } from '@open-cpo/platform';
import { testDatabase, type TestDatabase, until } from '@open-cpo/testing';
import { Proxy } from '../fixture/proxy';
import { caller, type Replica, startReplica } from '../fixture/replica';
import { migrate, translate } from '../index';
import { Pools } from './pools';

let database: TestDatabase;
let proxy: Proxy;
let replica: Replica;

beforeAll(async () => {
  database = await testDatabase('network');
  await migrate({ name: 'network', url: database.ownerUrl });
  await database.query('create table things (id int generated always as identity primary key)');
  proxy = await Proxy.before(database.url);
  replica = await startReplica({ name: 'network', url: proxy.url });
});

afterAll(async () => {
  await replica?.stop();
  await proxy?.close();
  await database?.drop();
});

beforeEach(() => database.query('truncate things, idempotency_keys'));

const count = async () => (await database.query('select 1 from things')).length;
const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : (translate(error)?.code ?? error));

function create(key?: string) {
  const request = {
    operation: { subject: 'test.things.create' },
    caller: caller({ idempotencyKey: key }),
    body: Buffer.from('{}'),
  };
  return replica.app.get<WriteScope>(WRITE_SCOPE).run(request, async () => {
    await replica.transactions.query('insert into things default values');
    return Buffer.from('{"done":true}');
  });
}

describe('a write whose COMMIT was never answered', () => {
  it('is told as one that may have happened; repeated with its key it is answered and happens once', async () => {
    for (let round = 0; round < 5; round += 1) {
      await database.query('truncate things, idempotency_keys');
      proxy.loseAnswerTo('COMMIT');
      await expect(create('k').catch(codeOf)).resolves.toBe('deadline_exceeded');
      await until(async () => (await count()) === 1);
      expect(await create('k')).toMatchObject({ replayed: true, body: Buffer.from('{"done":true}') });
      expect(await count()).toBe(1);
    }
  });
});

describe('a write whose statement was never answered', () => {
  it('did not happen, and says so', async () => {
    proxy.loseAnswerTo('insert into things');
    await expect(create('k').catch(codeOf)).resolves.toBe('service_unavailable');
    expect((await create('k')).replayed).toBe(false);
    expect(await count()).toBe(1);
  });
});

describe('a read whose connection breaks without a word', () => {
  it('is told to come again, and the process lives on', async () => {
    for (let round = 0; round < 5; round += 1) {
      // Not "select 1": the leadership's check of its connection could be the one whose response is lost.
      proxy.loseAnswerTo('select 1 as lost');
      await expect(replica.transactions.query('select 1 as lost').catch(codeOf)).resolves.toBe('service_unavailable');
      expect(await replica.transactions.query('select 2 as two')).toEqual([{ two: 2 }]);
    }
  });
});

describe('a frozen database', () => {
  it('is told off by budgets, and serves again when it thaws, without stuck connections', async () => {
    const { transactions, app } = replica;
    const ready = async () => (await app.get(Health).ready()).checks.database;
    await until(async () => (await ready()) === 'up');
    proxy.freeze();
    const reads = Array.from({ length: 6 }, () => transactions.query('select 1').catch(codeOf));
    const writes = Array.from({ length: 6 }, () => create().catch(codeOf));
    const codes = await Promise.all([...reads, ...writes]);
    expect(codes.filter((code) => code !== 'service_unavailable' && code !== 'deadline_exceeded')).toEqual([]);
    await until(async () => (await ready()) === 'down');
    // A connection that owes an answer is not lent out again.
    expect(app.get(Pools).reads.idleCount).toBe(0);
    proxy.thaw();
    await until(async () => (await ready()) === 'up');
    for (let times = 0; times < 10; times += 1) {
      expect(await transactions.query('select 1 as one')).toEqual([{ one: 1 }]);
      expect((await create()).replayed).toBe(false);
    }
  });
});
