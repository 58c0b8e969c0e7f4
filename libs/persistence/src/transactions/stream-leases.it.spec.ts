import { Refusal } from '@open-cpo/contracts';
import { testDatabase, type TestDatabase, until } from '@open-cpo/testing';
import { type Replica, startReplica } from '../fixture/replica';
import { migrate, ownAccount, type Transactions } from '../index';
import { Pools } from '../connection/pools';

const HOSTILE = 7;
const QUIET = 8;
/** Rows of a kilobyte, of which the first parameter is the account. */
const LIST = `select $1::int as account_id, n, repeat('x', 1000) as text from generate_series(1, $2::int) n`;
const MANY = 100_000;
const FEW = 2000;

let database: TestDatabase;
let replica: Replica;
let transactions: Transactions;

beforeAll(async () => {
  database = await testDatabase('leases');
  const options = { name: 'leases', url: database.url };
  await migrate({ ...options, url: database.ownerUrl });
});
beforeEach(async () => {
  replica = await startReplica({ name: 'leases', url: database.url });
  ({ transactions } = replica);
  // What is long is not read twice here.
  Object.assign(replica.app.get(Pools), { comparesExempt: false });
});
afterEach(() => replica.stop());
afterAll(() => database?.drop());

const list = (account: number, count: number) =>
  transactions.rowsExempt<{ n: number }>(LIST, [ownAccount(account), count]).batches;
const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : String(error));

/** Reads all of it, and answers how many rows there were. */
async function whole(account: number): Promise<number | string> {
  let count = 0;
  try {
    for await (const rows of list(account, FEW)) count += rows.length;
    return count;
  } catch (error) {
    return codeOf(error);
  }
}

/** Takes the first rows and then none. */
function begin(account: number) {
  const stream = list(account, MANY);
  const first = stream.next().then(() => 'begun', codeOf);
  return { stream, first };
}

const inUse = async (): Promise<number> => {
  const text = `select 1 from pg_stat_activity where application_name = 'leases' and state = 'idle in transaction'`;
  return (await database.query(text)).length;
};

describe('streams of several accounts', () => {
  it('are all served beside an account that opens many and reads none of them', async () => {
    let isOver = false;
    const opened: ReturnType<typeof begin>[] = [];
    const attack = (async () => {
      while (!isOver) {
        opened.push(begin(HOSTILE));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    })();
    await until(() => opened.length > 5);
    const read: unknown[] = [];
    for (let round = 0; round < 8; round += 1) read.push(await whole(QUIET));
    isOver = true;
    await attack;
    expect(read).toEqual(Array.from({ length: 8 }, () => FEW));
    const began = await Promise.all(opened.map(({ first }) => first));
    expect(new Set(began)).toEqual(new Set(['begun', 'too_many_requests']));
    await Promise.all(opened.map(({ stream }) => stream.return()));
  });

  it('make room for one that waits when all accounts together hold every place and do not read', async () => {
    const held = [1, 2, 3, 4].map(begin);
    expect(await Promise.all(held.map(({ first }) => first))).toEqual(Array(4).fill('begun'));
    expect(await inUse()).toBe(4);
    expect(await whole(QUIET)).toBe(FEW);
    // One made room and gets an error with its next read; the others go on.
    const after = await Promise.all(held.map(({ stream }) => stream.next().then(() => 'goes on', codeOf)));
    expect(after.sort()).toEqual(['deadline_exceeded', 'goes on', 'goes on', 'goes on']);
    await Promise.all(held.map(({ stream }) => stream.return()));
  });

  it('go on at any pace while nobody waits', async () => {
    const { stream, first } = begin(QUIET);
    await first;
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect((await stream.next()).done).toBe(false);
    await stream.return();
  });

  it('give everything back', async () => {
    const all = [...Array.from({ length: 6 }, () => begin(HOSTILE)), ...[1, 2, 3].map(begin)];
    await Promise.all(all.map(({ first }) => first));
    await Promise.all(all.map(({ stream }) => stream.return()));
    await until(async () => (await inUse()) === 0);
    const { leases, streams } = replica.app.get(Pools);
    expect([leases.waiting, streams.waitingCount, streams.totalCount - streams.idleCount]).toEqual([0, 0, 0]);
    expect(await Promise.all([1, 2, 3, 4].map(whole))).toEqual(Array(4).fill(FEW));
  });
});
