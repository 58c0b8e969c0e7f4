import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Cell } from './cell';
import { moveAccount } from './move';
import { Directory, Router } from './router';

const LEAST_WRITES = 30;

const WORKER = {
  first_name: 'John',
  last_name: 'Doe',
  email: 'j@example.com',
  rfid: '123456789012',
  expire_at: '2125-12-31',
};
const CASH = `insert into worker_cash (worker_id, currency, balance) values ($1, 'USD', 50)`;
const POWER_CENTER = JSON.stringify({ title: 'Harbour', category: 'EV_CHARGER' });
const DEAD_ROW = `
  insert into outbox (kind, name, aggregate, key, payload, secret, dead_at)
  values ('fact', 'facts.x.y.z.1', 'x 1', 'dead-1', $1, false, now())`;
const UNSENT_ROW = `
  insert into outbox (kind, name, aggregate, key, payload, secret, retry_at)
  values ('fact', 'facts.x.y.z.1', 'x 2', 'unsent-1', '{}', false, now() + interval '1 day')`;

let first: Cell;
let second: Cell;
let directory: Directory;
let router: Router;

beforeAll(async () => {
  first = await Cell.start(1);
  second = await Cell.start(2, first.gateway.auth);
  directory = new Directory();
  router = await Router.listening(directory);
});
afterAll(async () => {
  await router?.stop();
  await second?.stop();
  await first?.stop();
});

/** An account of the first cell, and its token. */
function account(accountId: number): string {
  directory.users.set(accountId, accountId);
  directory.put(accountId, first);
  return first.gateway.auth.token({ userId: accountId, accountId, currency: 'USD' });
}

const ask = (token: string, path: string, init: RequestInit = {}) =>
  fetch(router.url + path, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
  });

interface List {
  readonly data?: readonly { readonly title?: string }[];
  readonly results?: readonly { readonly title?: string }[];
}

async function titles(token: string): Promise<string[]> {
  const response = await ask(token, '/api/charge-points');
  expect(response.status).toBe(200);
  const body = (await response.json()) as List | readonly { readonly title?: string }[];
  const rows = Array.isArray(body) ? body : ((body as List).results ?? (body as List).data ?? []);
  return (rows as readonly { title?: string }[]).map(({ title = '' }) => title);
}

/** Writes until it is stopped, as a client does: repeats with the same key what was refused, or whose answer was lost. */
class Writer {
  readonly written: string[] = [];
  refusals = 0;
  /** Own writes that a read right after them did not find. */
  missed = 0;
  private ending = false;
  private readonly running: Promise<void>;

  constructor(private readonly token: string) {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.ending = true;
    await this.running;
  }

  private async run(): Promise<void> {
    for (let n = 0; !this.ending; n += 1) {
      const title = `power center ${n}`;
      await this.write(title, n % 3 === 0 ? 2 : 1);
      if (!(await titles(this.token)).includes(title)) this.missed += 1;
    }
  }

  /** `times`: after a lost answer the client does not know that it was written. */
  private async write(title: string, times: number): Promise<void> {
    const key = randomUUID();
    const body = JSON.stringify({ title, category: 'EV_CHARGER' });
    for (let sent = 0; sent < times;) {
      const init = { method: 'POST', body, headers: { 'idempotency-key': key } };
      const response = await ask(this.token, '/api/charge-points', init);
      const text = await response.text();
      if (response.status === 503) {
        this.refusals += 1;
        await pause(Number(response.headers.get('retry-after')) * 100);
      } else if (response.status < 300) sent += 1;
      else throw new Error(`${response.status} ${text}`);
    }
    this.written.push(title);
  }
}

const until = async (isDone: () => boolean): Promise<void> => {
  while (!isDone()) await pause(10);
};

describe('an account that is moved to another cell while it writes', () => {
  it('loses nothing, has nothing twice, and reads what it has written at any time', async () => {
    const token = account(7);
    const neighbour = account(8);
    expect((await ask(token, '/api/workers', { method: 'POST', body: JSON.stringify(WORKER) })).status).toBeLessThan(
      300,
    );
    const writers = [new Writer(token), new Writer(neighbour)] as const;
    const [writer, other] = writers;
    await until(() => writer.written.length >= LEAST_WRITES);
    const moved = await moveAccount({ accountId: 7, from: first, to: second, directory, router });
    const before = writer.written.length;
    await until(() => writer.written.length >= before + LEAST_WRITES);
    await Promise.all(writers.map((one) => one.stop()));

    expect((await titles(token)).sort()).toEqual([...writer.written].sort());
    expect([writer.missed, other.missed, other.refusals]).toEqual([0, 0, 0]);
    expect((await titles(neighbour)).sort()).toEqual([...other.written].sort());
    // It lives in the second cell now, and its new rows have ids of that cell.
    const own = await second.database('stations').query<{ id: number }>('select id from charge_points order by id');
    expect(own.length).toBe(writer.written.length);
    expect([own.at(0)?.id, own.at(-1)?.id].map((id) => Math.floor((id ?? 0) / 100_000_000))).toEqual([1, 2]);
    expect((await (await ask(token, '/api/workers')).text()).includes('123456789012')).toBe(true);
    expect(moved.rows).toBeGreaterThan(3 * LEAST_WRITES);
    process.stdout.write(`Moved ${moved.rows} rows; writes were refused for ${moved.frozenMs.toFixed(0)} ms.\n`);
  });

  it('cannot write by a GET while it is frozen', async () => {
    const token = account(10);
    const response = await ask(token, '/api/workers', { method: 'POST', body: JSON.stringify(WORKER) });
    const { results } = (await response.json()) as { results: { id: number } };
    await first.database('workforce').query(CASH, [results.id]);
    const statuses: number[] = [];
    const beforeFlip = async () => {
      statuses.push((await ask(token, `/api/workers/${results.id}/reset-balance`)).status);
      statuses.push((await ask(token, '/api/workers')).status);
    };
    await moveAccount({ accountId: 10, from: first, to: second, directory, router, beforeFlip });
    expect(statuses).toEqual([503, 200]);
  });

  it('stays where it is and goes on writing when an event of it was not published, or its cell is not drained in time', async () => {
    const token = account(11);
    const move = { accountId: 11, from: first, to: second, directory, router };
    const stations = first.database('stations');
    const create = () => ask(token, '/api/charge-points', { method: 'POST', body: POWER_CENTER });

    await stations.query(DEAD_ROW, [JSON.stringify({ accountId: 11 })]);
    await expect(moveAccount(move)).rejects.toThrow('Events of the account were not handled: outbox of stations.');
    expect((await create()).status).toBeLessThan(300);

    // A dead row of a neighbour keeps nobody from moving.
    await stations.query(`update outbox set payload = '{"accountId":8}' where dead_at is not null`);
    await stations.query(UNSENT_ROW);
    await expect(moveAccount({ ...move, drainMs: 100 })).rejects.toThrow('has not been drained in 100 ms');
    expect((await create()).status).toBeLessThan(300);
    await stations.query('delete from outbox where retry_at is not null');
    await moveAccount(move);
    expect(await titles(token)).toHaveLength(2);
  });

  it('is noticed where writes were not frozen: the copy is refused, or something is missing', async () => {
    const token = account(9);
    const writers = Array.from({ length: 4 }, () => new Writer(token));
    const written = () => writers.reduce((sum, one) => sum + one.written.length, 0);
    await until(() => written() >= LEAST_WRITES);
    const beforeFlip = (before = written()) => until(() => written() > before + writers.length);
    const move = { accountId: 9, from: first, to: second, directory, router, freezes: false, beforeFlip };
    const isRefused = await moveAccount(move).then(
      () => false,
      () => true,
    );
    await Promise.all(writers.map((one) => one.stop()));
    const isMissing = (await titles(token)).length < written() || writers.some(({ missed }) => missed > 0);
    expect(isRefused || isMissing).toBe(true);
  });
});
