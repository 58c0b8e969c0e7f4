import { Refusal } from '@open-cpo/contracts';
import { INBOX, type Inbox } from '@open-cpo/events';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { type Replica, startReplica } from '../fixture/replica';
import { migrate } from '../index';

let database: TestDatabase;
let replicas: Replica[];

beforeAll(async () => {
  database = await testDatabase('inbox');
  const options = { name: 'inbox', url: database.url };
  await migrate({ ...options, url: database.ownerUrl });
  await database.query('create table effects (consumer text, event text)');
  replicas = [await startReplica(options), await startReplica(options)];
});

afterAll(async () => {
  await Promise.all((replicas ?? []).map((replica) => replica.stop()));
  await database?.drop();
});

beforeEach(() => database.query('truncate effects, inbox'));

const handle = (consumer: string, event: string, on = 0, then?: () => Promise<void>) => {
  const { app, transactions } = replicas[on] as Replica;
  return app.get<Inbox>(INBOX).once(consumer, event, async () => {
    await transactions.query('insert into effects values ($1, $2)', [consumer, event]);
    await then?.();
  });
};
const effects = async () => (await database.query('select 1 from effects')).length;

describe('an event', () => {
  it('has one effect a consumer, however often it is delivered', async () => {
    for (let times = 0; times < 3; times += 1) {
      await handle('a', 'e1', times % 2);
      await handle('b', 'e1');
    }
    expect(await effects()).toBe(2);
  });

  it('has one effect when both replicas get it at once', async () => {
    for (let round = 0; round < 30; round += 1) {
      await Promise.all([handle('a', `e${round}`, 0), handle('a', `e${round}`, 1), handle('a', `e${round}`, 0)]);
    }
    expect(await effects()).toBe(30);
  });

  it('is handled again after a failure, which left nothing behind', async () => {
    await expect(handle('a', 'e', 0, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await effects()).toBe(0);
    await handle('a', 'e');
    expect(await effects()).toBe(1);
  });

  it('that met trouble with the database is told from one that is wrong by itself', async () => {
    const { transactions } = replicas[0] as Replica;
    const late = handle('a', 'e', 0, async () => void (await transactions.query('select pg_sleep(9)')));
    await expect(late).rejects.toBeInstanceOf(Refusal);
    await expect(handle('a', 'e', 0, () => Promise.reject(new TypeError('x')))).rejects.toBeInstanceOf(TypeError);
  });
});
