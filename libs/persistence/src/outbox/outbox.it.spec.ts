import { Refusal, domainEvent, job } from '@open-cpo/contracts';
import { testDatabase, type TestDatabase, until } from '@open-cpo/testing';
import { type Replica, startReplica } from '../fixture/replica';
import { Leadership } from '../connection/leadership';
import { migrate, Outbox } from '../index';

class Changed {
  version: number;
}
class Mail {
  to: string;
}
const changed = domainEvent('test.things.changed', Changed);
const removed = domainEvent('test.things.removed', Changed);
const mails = job('mails', Mail, 3, 500, 200);

let database: TestDatabase;
let replica: Replica;
let outbox: Outbox;

beforeAll(async () => {
  database = await testDatabase('outbox');
  await migrate({ name: 'outbox', url: database.ownerUrl });
});

beforeEach(async () => {
  await database.query('truncate outbox');
  replica = await startReplica({ name: 'outbox', url: database.url });
  outbox = replica.app.get(Outbox);
});

afterEach(() => replica.stop());
afterAll(() => database?.drop());

const tell = (id: number | string, version: number) =>
  replica.transactions.run(() => outbox.publish(changed, id, { version }));
const waiting = async () => (await database.query('select 1 from outbox where sent_at is null')).length;
const emptied = () => until(async () => (await waiting()) === 0);
const versions = (id: number, from = replica) =>
  from.other.domainEvents
    .filter(({ subject }) => subject.endsWith(`.${id}`))
    .map(({ payload }) => JSON.parse(payload).version);
const due = () => database.query('update outbox set retry_at = now() where retry_at is not null and dead_at is null');

describe('a fact', () => {
  it('leaves after its transaction, with its subject, its own id and its time', async () => {
    const eventId = await tell(7, 1);
    await until(() => replica.other.domainEvents.length === 1);
    expect(replica.other.domainEvents).toEqual([
      {
        subject: 'facts.test.things.changed.7',
        eventId,
        payload: '{"version":1}',
        occurredAt: expect.stringMatching(/Z$/),
      },
    ]);
    await emptied();
  });

  it('never leaves when its transaction is undone', async () => {
    const undone = replica.transactions.run(async () => {
      await outbox.publish(changed, 1, { version: 1 });
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await tell(2, 1);
    await emptied();
    expect(replica.other.domainEvents).toHaveLength(1);
  });

  it('cannot be told outside of a transaction, nor about an id that a subject cannot hold', async () => {
    await expect(outbox.publish(changed, 1, { version: 1 })).rejects.toThrow('transaction');
    await expect(tell('a.b', 1)).rejects.toThrow('subject');
    await expect(tell('*', 1)).rejects.toThrow('subject');
  });

  it('follows those before it about the same thing, in thousands', async () => {
    await replica.transactions.run(async () => {
      for (let version = 1; version <= 120; version += 1) {
        for (let id = 1; id <= 10; id += 1) await outbox.publish(version % 2 ? changed : removed, id, { version });
      }
    });
    await emptied();
    const expected = Array.from({ length: 120 }, (_, index) => index + 1);
    for (let id = 1; id <= 10; id += 1) expect(versions(id)).toEqual(expected);
  });

  it('waits for the stream, however long it is away, and is not to blame for it', async () => {
    replica.other.refuse = () => new Refusal('service_unavailable');
    for (let version = 1; version <= 5; version += 1) await tell(1, version);
    await until(() => replica.other.tries >= 3);
    expect(await outbox.lag()).toBeGreaterThan(0);
    replica.other.refuse = () => undefined;
    await emptied();
    expect(versions(1)).toEqual([1, 2, 3, 4, 5]);
    expect(await database.query('select 1 from outbox where attempts > 0')).toEqual([]);
    expect(await outbox.lag()).toBe(0);
  });

  it('that is refused by itself holds back its own kind, lets others pass, and is given up after twenty tries', async () => {
    replica.other.refuse = (subject) => (subject.endsWith('.1') ? new Error('too large') : undefined);
    await tell(1, 1);
    await until(async () => (await database.query('select 1 from outbox where attempts = 1')).length === 1);
    await tell(1, 2);
    await tell(2, 1);
    await until(() => versions(2).length === 1);
    await until(async () => (await waiting()) === 2);
    await database.query('update outbox set attempts = 19 where attempts = 1');
    await due();
    await until(async () => (await outbox.dead()).length === 1);
    replica.other.refuse = () => undefined;
    await until(() => versions(1).length === 1);
    expect(versions(1)).toEqual([2]);
    const [dead] = await outbox.dead();
    expect(dead).toMatchObject({ kind: 'fact', name: 'facts.test.things.changed.1', reason: 'too large' });
    expect(await outbox.revive(dead?.id ?? 0)).toBe(true);
    expect(await outbox.revive(dead?.id ?? 0)).toBe(false);
    await emptied();
    expect(versions(1)).toEqual([2, 1]);
    expect(await outbox.dead()).toEqual([]);
  });

  it('goes again, with the same id, when it is asked to be replayed', async () => {
    const eventId = await tell(1, 1);
    await emptied();
    expect(await outbox.replay(0)).toEqual({ rows: 1, next: null });
    await until(() => replica.other.domainEvents.length === 2);
    expect(replica.other.domainEvents.map((sent) => sent.eventId)).toEqual([eventId, eventId]);
  });

  it('is told again among thousands, in parts, and in order', async () => {
    await replica.transactions.run(() =>
      outbox.publishAll(
        Array.from({ length: 4100 }, (_, version) => ({ domainEvent: changed, aggregateId: 1, payload: { version } })),
      ),
    );
    await emptied();
    let [rows, after]: [number, number | null] = [0, 0];
    while (after !== null) {
      const part = await outbox.replay(after);
      rows += part.rows;
      after = part.next;
    }
    expect(rows).toBe(4100);
    await emptied();
    const once = Array.from({ length: 4100 }, (_, version) => version);
    expect(versions(1)).toEqual([...once, ...once]);
  });
});

describe('a job', () => {
  const ask = (id: string, secret = false) =>
    replica.transactions.run(() => outbox.job(mails, id, { to: 'a@b.test' }, { secret }));

  it('reaches its queue with its attempts, backoff and spread', async () => {
    await ask('welcome-1');
    await emptied();
    expect(replica.other.jobs).toEqual([
      {
        id: 'welcome-1',
        payload: { to: 'a@b.test' },
        job: { queue: 'mails', payload: Object, attempts: 3, backoff: 500, spread: 200 },
      },
    ]);
  });

  it('does not wait for facts that cannot leave, nor they for jobs that cannot', async () => {
    replica.other.refuse = (name) => (name.startsWith('facts.') ? new Refusal('service_unavailable') : undefined);
    await tell(1, 1);
    await ask('one');
    await until(() => replica.other.jobs.length === 1);
    replica.other.refuse = (name) => (name.startsWith('facts.') ? undefined : new Refusal('service_unavailable'));
    await ask('two');
    await until(() => replica.other.domainEvents.length === 1);
    replica.other.refuse = () => undefined;
    await emptied();
    expect(replica.other.jobs.map(({ id }) => id)).toEqual(['one', 'two']);
  });

  it('that holds a secret leaves nothing of it behind', async () => {
    await ask('code', true);
    await emptied();
    expect(replica.other.jobs[0]?.payload).toEqual({ to: 'a@b.test' });
    expect(await database.query('select payload from outbox')).toEqual([{ payload: {} }]);
  });
});

describe('several replicas', () => {
  it('have one that hands over; when it dies another one goes on, and nothing is lost', async () => {
    const second = await startReplica({ name: 'outbox', url: database.url });
    try {
      await until(() => replica.app.get(Leadership).held);
      expect(second.app.get(Leadership).held).toBe(false);
      // What the second one wrote leaves through the first one.
      await second.transactions.run(() => second.app.get(Outbox).publish(changed, 1, { version: 1 }));
      await until(() => versions(1).length === 1);
      // The first one's session ends as it does when its machine is lost; what it had not marked goes again.
      replica.other.refuse = () => new Refusal('service_unavailable');
      await tell(1, 2);
      await database.query(
        `select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
         where l.locktype = 'advisory' and d.datname = current_database()`,
      );
      replica.other.refuse = () => undefined;
      await until(() => versions(1).length + versions(1, second).length === 2);
      await emptied();
      await until(() => replica.app.get(Leadership).held !== second.app.get(Leadership).held);
    } finally {
      await second.stop();
    }
  });
});
