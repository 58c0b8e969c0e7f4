import { Refusal } from '@open-cpo/contracts';
import { WRITE_SCOPE, type WriteScope } from '@open-cpo/messaging';
import { testDatabase, type TestDatabase, until } from '@open-cpo/testing';
import { Client } from 'pg';
import { caller, type Replica, startReplica } from '../fixture/replica';
import { Housekeeping, migrate } from '../index';

const operation = { subject: 'test.things.create' };
const bytes = (text: string) => Buffer.from(text);

let database: TestDatabase;
let replicas: Replica[];

beforeAll(async () => {
  database = await testDatabase('writes');
  const options = { name: 'writes', url: database.url };
  await migrate({ ...options, url: database.ownerUrl });
  await database.query('create table things (id int generated always as identity primary key, name text)');
  replicas = [await startReplica(options), await startReplica(options)];
});

afterAll(async () => {
  await Promise.all((replicas ?? []).map((replica) => replica.stop()));
  await database?.drop();
});

beforeEach(() => database.query('truncate things, idempotency_keys'));

const replica = (index = 0) => replicas[index % replicas.length] as Replica;
const count = async () => (await database.query<{ n: number }>('select count(*)::int as n from things'))[0]?.n;

interface Asked {
  readonly key?: string;
  readonly body?: string;
  readonly on?: number;
  readonly as?: ReturnType<typeof caller>;
  readonly subject?: string;
  readonly then?: () => Promise<void>;
}

/** One request that creates a thing and answers its id. */
function create({ key, body = '{"name":"a"}', on = 0, as = caller(), subject, then }: Asked) {
  const { app, transactions } = replica(on);
  const asked = {
    operation: subject ? { subject } : operation,
    caller: { ...as, idempotencyKey: key },
    body: bytes(body),
  };
  return app.get<WriteScope>(WRITE_SCOPE).run(asked, async () => {
    const row = await transactions.first<{ id: number }>('insert into things (name) values ($1) returning id', [body]);
    await then?.();
    return bytes(`{"id":${row?.id},"at":"${process.hrtime.bigint()}"}`);
  });
}

const codeOf = (error: unknown) => (error instanceof Refusal ? error.code : error);

describe('a request with an Idempotency-Key', () => {
  it('has one effect when it comes fifty times at once, over two replicas; repeats get the same bytes', async () => {
    for (let round = 0; round < 10; round += 1) {
      await database.query('truncate things, idempotency_keys');
      const outcomes = await Promise.allSettled(
        Array.from({ length: 50 }, (_, index) => create({ key: `round-${round}`, on: index })),
      );
      const answers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [codeOf(outcome.reason)] : []));
      expect(await count()).toBe(1);
      expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
      expect(new Set(answers.map(({ body }) => Buffer.from(body).toString())).size).toBe(1);
      expect(refusals.filter((code) => code !== 'idempotency_in_flight' && code !== 'service_unavailable')).toEqual([]);
      const again = await create({ key: `round-${round}` });
      expect(again.replayed).toBe(true);
      expect(Buffer.from(again.body)).toEqual(Buffer.from(answers[0]?.body ?? []));
    }
  });

  it('is told 409 at once while the first one still runs', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let isRunning = false;
    const first = create({
      key: 'k',
      then: () => {
        isRunning = true;
        return held;
      },
    });
    await until(() => isRunning);
    await expect(create({ key: 'k', on: 1 }).catch(codeOf)).resolves.toBe('idempotency_in_flight');
    release();
    expect((await first).replayed).toBe(false);
    expect((await create({ key: 'k', on: 1 })).replayed).toBe(true);
  });

  it('is refused with another body', async () => {
    await create({ key: 'k' });
    await expect(create({ key: 'k', body: '{"name":"b"}' }).catch(codeOf)).resolves.toBe('idempotency_mismatch');
    expect(await count()).toBe(1);
  });

  it('is another request for another user, another account, another stranger and another operation', async () => {
    const all = [
      create({ key: 'k' }),
      create({ key: 'k', as: caller({}, { userId: 2 }) }),
      create({ key: 'k', as: caller({}, { accountId: 2 }) }),
      create({ key: 'k', as: caller({ identity: undefined, ip: '192.0.2.1' }) }),
      create({ key: 'k', as: caller({ identity: undefined, ip: '192.0.2.2' }) }),
      create({ key: 'k', subject: 'test.things.other' }),
    ];
    expect((await Promise.all(all)).every(({ replayed }) => !replayed)).toBe(true);
    expect(await count()).toBe(6);
  });

  it('may be repeated after a failure, which left nothing behind', async () => {
    const failing = create({ key: 'k', then: () => Promise.reject(new Refusal('validation_failed')) });
    await expect(failing.catch(codeOf)).resolves.toBe('validation_failed');
    expect(await count()).toBe(0);
    expect((await create({ key: 'k' })).replayed).toBe(false);
  });

  it('is done once when the connection breaks between the effect and the commit', async () => {
    const { transactions } = replica();
    const die = async () => {
      const row = await transactions.first<{ pid: number }>('select pg_backend_pid() as pid');
      await database.query('select pg_terminate_backend($1)', [row?.pid]);
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await expect(create({ key: 'k', then: die }).catch(codeOf)).resolves.toMatch(/unavailable|deadline/);
    expect(await count()).toBe(0);
    await create({ key: 'k' });
    expect((await create({ key: 'k' })).replayed).toBe(true);
    expect(await count()).toBe(1);
  });

  it('is a new request after 24 hours, and its old answer goes', async () => {
    const first = await create({ key: 'k' });
    await create({ key: 'other' });
    await database.query(`update idempotency_keys set created_at = now() - interval '25 hours'`);
    const second = await create({ key: 'k' });
    expect(second.replayed).toBe(false);
    expect(Buffer.from(second.body)).not.toEqual(Buffer.from(first.body));
    const removed = await Promise.all(replicas.map(({ app }) => app.get(Housekeeping).run()));
    expect(removed.sort()).toEqual([0, 1]);
  });

  it('discloses nothing to whoever has the table alone', async () => {
    await create({ key: 'secret-key', body: '{"password":"secret-word"}' });
    const [row] = await database.query('select *, octet_length(answer) as size from idempotency_keys');
    const text = Object.values(row ?? {})
      .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') + value.toString('hex') : String(value)))
      .join();
    expect(text).not.toMatch(/secret|password|"id"/);
    expect(row?.size).toBeGreaterThan(28);
  });
});

describe('the round trips of a write', () => {
  it('are one for its key and the first answer that it needs, and one for what it leaves behind', async () => {
    const asked = jest.spyOn(Client.prototype, 'query');
    await create({ key: 'k' });
    const trips = (asked.mock.calls as unknown as [{ statements?: { name: string }[] }][]).flatMap(([query]) =>
      query.statements ? [query.statements.map(({ name }) => name)] : [],
    );
    asked.mockRestore();
    expect(trips).toEqual([
      ['BEGIN', 'rls.write', 'rls:idempotency.lock-new', 'rls:idempotency.find-new', ''],
      ['rls:idempotency.keep', 'COMMIT'],
    ]);
  });

  it('tell of a known key before a refusal that needs no answer', async () => {
    const scope = replica().app.get<WriteScope>(WRITE_SCOPE);
    const refused = (key: string) =>
      scope
        .run({ operation, caller: { ...caller(), idempotencyKey: key }, body: bytes('{"name":""}') }, () => {
          throw new Refusal('validation_failed');
        })
        .catch(codeOf);
    await create({ key: 'known' });
    expect(await refused('known')).toBe('idempotency_mismatch');
    expect(await refused('new')).toBe('validation_failed');
    expect((await create({ key: 'new' })).replayed).toBe(false);
  });
});

describe('a refusal that is a fact to keep', () => {
  const spend = () =>
    Promise.reject(new Refusal('validation_failed', { keep: true, data: { left: 2 }, fields: { code: ['No.'] } }));

  it('keeps what led to it', async () => {
    await expect(create({ then: spend })).rejects.toMatchObject({ code: 'validation_failed', data: { left: 2 } });
    expect(await count()).toBe(1);
  });

  it('is repeated without its effect under the same key', async () => {
    for (let times = 0; times < 3; times += 1) {
      const refused = create({ key: 'k', then: spend });
      await expect(refused).rejects.toMatchObject({ data: { left: 2 }, fields: { code: ['No.'] } });
    }
    expect(await count()).toBe(1);
  });
});

describe('any write', () => {
  it('is undone when its deadline has passed by the time it is done', async () => {
    const late = caller({ deadline: Date.now() + 50 });
    const slow = create({ as: late, key: 'k', then: () => new Promise((resolve) => setTimeout(resolve, 80)) });
    await expect(slow.catch(codeOf)).resolves.toBe('deadline_exceeded');
    expect(await count()).toBe(0);
    expect((await create({ key: 'k' })).replayed).toBe(false);
  });

  it('happens as often as it is asked for without a key', async () => {
    await Promise.all([create({}), create({}), create({ on: 1 })]);
    expect(await count()).toBe(3);
    expect(await database.query('select 1 from idempotency_keys')).toEqual([]);
  });

  it('is refused in words of ours when PostgreSQL refuses it', async () => {
    const { transactions } = replica();
    const twice = create({
      then: async () =>
        void (await transactions.query('insert into things (id) overriding system value select id from things')),
    });
    await expect(twice.catch(codeOf)).resolves.toBe('conflict');
  });
});

describe('caches hear of a write', () => {
  const told = () => replica().other.changes;
  beforeEach(() => void (told().length = 0));

  it('after its commit and before its answer, with whose it was', async () => {
    const atCommit: number[] = [];
    await create({ then: async () => void atCommit.push(told().length) });
    expect([atCommit, told()]).toEqual([[0], [`test ${caller().identity?.accountId}`]]);
  });

  it('that failed, too: whether it was committed may be unknown', async () => {
    await expect(create({ then: () => Promise.reject(new Error('broken')) })).rejects.toThrow('broken');
    expect(told()).toHaveLength(1);
  });

  it('of nobody in particular never', async () => {
    await create({ as: { ...caller(), identity: undefined } });
    expect(told()).toEqual([]);
  });
});
