import { WRITE_SCOPE, type WriteScope } from '@open-cpo/messaging';
import { DatabaseConfig, Metrics } from '@open-cpo/platform';
import { Standby, testDatabase, type TestDatabase, until } from '@open-cpo/testing';
import { caller, OtherSide, type Replica, startReplica } from '../fixture/replica';
import { migrate, within } from '../index';
import { Outbox } from '../outbox/outbox';
import { ownAccount } from '../rls/exempt';
import { NotesTable1800000000000 } from './notes-table.spec-helper';

const ROUNDS = 20;
const ALL = 'select text from notes where account_id = $1 order by id';

let standby: Standby;
let database: TestDatabase;
let one: Replica;
let two: Replica;

beforeAll(async () => {
  database = await testDatabase('read_replica');
  const options = { name: 'notes', url: database.url, migrations: [NotesTable1800000000000] };
  await migrate({ ...options, url: database.ownerUrl });
  standby = await Standby.started();
  const config = Object.assign(new DatabaseConfig(), { databaseReadHost: standby.host, databaseReadMaxLag: 60 });
  // Both processes of one service hear of each other's writes.
  const other = new OtherSide();
  one = await startReplica(options, [], { config, other });
  two = await startReplica(options, [], { config, other });
});

afterAll(async () => {
  await Promise.all([one?.stop(), two?.stop()]);
  await standby?.remove();
  await database?.drop();
});

let account = 0;
beforeEach(async () => {
  account += 1;
  await standby.start();
  await standby.resume();
});

/** A write that an account asks for. */
const add = (process: Replica, text: string) =>
  process.app.get<WriteScope>(WRITE_SCOPE).run(
    {
      operation: { subject: 'notes.notes.add' },
      caller: caller({}, { accountId: account }),
      body: Buffer.from('{}'),
    },
    async () => {
      await process.transactions.query('insert into notes (account_id, text) values ($1, $2)', [account, text]);
      return Buffer.from('{}');
    },
  );

const texts = (rows: readonly { text: string }[]): string[] => rows.map(({ text }) => text);
/** The two ways in which an account's rows are read. */
const read = async ({ transactions }: Replica) =>
  texts(await within(account, () => transactions.query<{ text: string }>(ALL, [account], 'notes.all')));
const exempt = async ({ transactions }: Replica) =>
  texts(await within(account, () => transactions.exempt<{ text: string }>({ text: ALL }, ownAccount(account))));

/** Reads that replicas answered, and those that the primary did for a reason. */
async function counted({ app }: Replica, server: string, reason = ''): Promise<number> {
  const text = await app.get(Metrics).text();
  const [, value] = new RegExp(`reads_total{server="${server}",reason="${reason}"} (\\d+)`).exec(text) ?? [];
  return Number(value);
}

/** What the replica answers, once it does: on a busy machine a connection to it may take too long. */
async function atReplica<T>(process: Replica, ask: () => Promise<T>): Promise<T> {
  const { answer } = await until(async () => {
    const before = await counted(process, 'replica');
    const answer = await ask();
    return (await counted(process, 'replica')) > before && { answer };
  }, 'the replica to answer');
  return answer;
}
const answered = (process: Replica) => atReplica(process, () => read(process));

describe('reads of an account at a replica', () => {
  it('are answered there, as are those that are exempt from row-level security', async () => {
    await add(one, 'first');
    for (const process of [one, two]) {
      expect(await atReplica(process, () => read(process))).toEqual(['first']);
      expect(await atReplica(process, () => exempt(process))).toEqual(['first']);
    }
  });

  it('find the rows of the account alone, whatever they ask for, and change nothing', async () => {
    await add(one, 'mine');
    account += 1;
    const ask = (text: string) => within(account, () => one.transactions.query(text));
    expect(await atReplica(one, () => ask('select * from notes'))).toEqual([]);
    await expect(ask('insert into notes (account_id, text) values (1, null)')).rejects.toThrow(/read-only/);
    await expect(ask('drop table notes')).rejects.toThrow();
  });

  it('are refused there what the role has no right to', async () => {
    const url = Object.assign(new URL(database.url), { host: standby.host });
    const rights = `select has_table_privilege('${url.username}_callers', 'notes', 'truncate') as truncate,
      has_table_privilege('${url.username}_callers', 'notes', 'select') as read`;
    expect(await standby.ask(rights, url.pathname.slice(1))).toEqual([{ truncate: false, read: true }]);
  });

  it('stay at the primary in a transaction, and for the service itself', async () => {
    await answered(one);
    const before = await counted(one, 'replica');
    const inRecovery = 'select pg_is_in_recovery() as standby';
    const { transactions } = one;
    const locked = () =>
      transactions.run(async () => {
        await transactions.query('select 1 from notes where account_id = $1 for update', [account]);
        return transactions.query(inRecovery);
      });
    expect(await within(account, locked)).toEqual([{ standby: false }]);
    expect(await transactions.query(inRecovery)).toEqual([{ standby: false }]);
    expect(await counted(one, 'replica')).toBe(before);
    expect(await atReplica(one, () => within(account, () => transactions.query(inRecovery)))).toEqual([
      { standby: true },
    ]);
  });
});

describe('a write, while the replica replays nothing', () => {
  it('is read back at once in every process, each time', async () => {
    await answered(one);
    await answered(two);
    await standby.pause();
    const written: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      written.push(`round ${round}`);
      await add(round % 2 === 0 ? one : two, `round ${round}`);
      for (const process of [one, two])
        expect([await read(process), await exempt(process)]).toEqual([written, written]);
    }
    // Also when its position is known, and the replica is asked.
    await until(async () => (await read(two)) && (await counted(two, 'primary', 'behind')) > 0);
    expect(await read(two)).toEqual(written);
    await standby.resume();
    await answered(two);
    expect(await read(two)).toEqual(written);
  });

  it('leaves the reads of other accounts at the replica', async () => {
    const writer = account;
    account += 1;
    await answered(one);
    await standby.pause();
    account = writer;
    await add(one, 'theirs');
    account += 1;
    expect(await answered(one)).toEqual([]);
  });

  it('is read by who receives its event', async () => {
    await answered(two);
    await standby.pause();
    const { transactions, app, other } = one;
    const event = { subject: 'facts.notes.added', stream: 'FACTS' } as never;
    await transactions.run(async () => {
      await transactions.query('insert into notes (account_id, text) values ($1, $2)', [account, 'by the service']);
      await app.get(Outbox).publish(event, account, { account_id: account });
    });
    const name = `facts.notes.added.${account}`;
    await until(() => other.domainEvents.some(({ subject }) => subject === name), 'the event');
    expect(await read(two)).toEqual(['by the service']);
  });
});

describe('a replica that cannot answer', () => {
  it('fails no read when it is killed, and answers again when it is back', async () => {
    await add(one, 'kept');
    await answered(one);
    let asking = true;
    const seen: string[][] = [];
    const readers = Array.from({ length: 4 }, async () => {
      while (asking) seen.push(await read(one));
    });
    await standby.kill();
    const failed = await counted(one, 'primary', 'unavailable');
    await until(async () => (await counted(one, 'primary', 'unavailable')) > failed + 10);
    await standby.start();
    await answered(one);
    asking = false;
    await Promise.all(readers);
    expect(seen.filter((one) => one.join() !== 'kept')).toEqual([]);
  });

  it('holds up a read for no longer than its budget when it is frozen', async () => {
    await add(one, 'kept');
    await answered(one);
    const backends = await standby.ask<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'notes'`,
    );
    for (const { pid } of backends) process.kill(pid, 'SIGSTOP');
    try {
      expect(await read(one)).toEqual(['kept']);
    } finally {
      for (const { pid } of backends) process.kill(pid, 'SIGCONT');
    }
    await answered(one);
  });
});
