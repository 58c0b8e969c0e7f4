import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type ImportJob, orderImports } from '@open-cpo/contracts';
import { BrokerFiles } from '@open-cpo/files';
import { Broker } from '@open-cpo/messaging';
import { environment } from '@open-cpo/platform';
import { Child, until } from '@open-cpo/testing';
import { knowChargePoints, type Orders, owner, rebuild, startOrders, publishedEvents } from '../test/orders';

const WORKER = join(__dirname, '../../../worker/src/main.ts');
const ROWS = 10_000;

/** A year of an owner's sessions, an hour or so apart. */
function* history(): Generator<Uint8Array> {
  yield Buffer.from('session_id;power_center;started_at;ended_at;energy_kwh;price;currency;rate\n');
  for (let n = 0; n < ROWS; n += 1) {
    const at = (minutes: number) => new Date(Date.UTC(2024, 0, 1) + (n * 52 + minutes) * 60_000).toISOString();
    yield Buffer.from(`S-${n};CP:${1 + (n % 2)};${at(0)};${at(40)};${n % 9},5;${n % 100}0,25;DZD;134,5\n`);
  }
}

async function* inPieces(): AsyncGenerator<Uint8Array> {
  for (const line of history()) yield await Promise.resolve(line);
}

describe('an import whose worker is killed in the middle', () => {
  let own: Orders;
  let env: NodeJS.ProcessEnv;
  const workers: Child[] = [];

  beforeAll(async () => {
    const REDIS_URL = environment().TEST_REDIS_URL ?? '';
    const REDIS_PREFIX = `test-${randomUUID()}`;
    own = await startOrders('imports_killed', { REDIS_URL, REDIS_PREFIX });
    const mail = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'Open CPO <no-reply@open-cpo.test>' };
    env = { NODE_ENV: 'test', HOST: '127.0.0.1', NATS_URL: own.broker.url, REDIS_URL, REDIS_PREFIX, ...mail };
    await knowChargePoints(own);
  });
  afterAll(async () => {
    for (const worker of workers) worker.signal('SIGKILL');
    await own?.stop();
  });

  const worker = async (): Promise<Child> => {
    const child = new Child(WORKER, [], env);
    workers.push(child);
    await child.line('Started');
    return child;
  };
  const started = async (): Promise<() => Promise<ImportJob>> => {
    const files = new BrokerFiles(own.client.get(Broker));
    const { name: object, size, digest } = await files.write(`import-${randomUUID()}`, inPieces());
    const { id: importId } = await own.bus.call(orderImports.start, { object, size, digest }, owner());
    return () => own.bus.call(orderImports.one, { importId }, owner());
  };

  it('goes on in another one, and nothing of it is there twice', async () => {
    const state = await started();
    const first = await worker();
    await until(async () => (await state()).rows >= 1000, 'the first rows');
    first.signal('SIGKILL');
    await worker();
    const job = await until(async () => {
      const now = await state();
      return now.status === 'running' || now.status === 'waiting' ? undefined : now;
    }, 'the end of the import');
    expect(job).toMatchObject({
      status: 'finished',
      rows: ROWS,
      created: ROWS,
      unchanged: 0,
      failed: 0,
      progress: 100,
    });
    const counts = await own.db.query('select count(*)::int as orders, sum(price_amount)::text as price from orders');
    expect(counts).toEqual([{ orders: ROWS, price: '4952500.00000000' }]);
    expect(await publishedEvents(own, 'orders.completed')).toHaveLength(ROWS);
    expect(await rebuild(own)).toBe(0);
    const again = await started();
    const second = await until(async () => {
      const now = await again();
      return now.status === 'finished' ? now : undefined;
    }, 'the end of the second import');
    expect(second).toMatchObject({ rows: ROWS, created: 0, unchanged: ROWS });
  });
});
