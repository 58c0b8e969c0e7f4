import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { resolve } from 'node:path';
import { migrate } from '@open-cpo/persistence';
import { Child, startTestGateway, testBroker, testDatabase, type TestGateway, until } from '@open-cpo/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from the table to HTTP: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';
import { database } from '../data-source';

const ROWS = 100_000;
const FILL = `
  insert into charge_points (account_id, identifier, token, category, title, description, address_line_1, city,
    latitude, longitude, time_zone, created_at, updated_at)
  select 1, 'PS_' || lpad(to_hex(n), 13, '0'), 'EV_CHARGER_' || lpad(to_hex(n), 13, '0'), 'EV_CHARGER',
    'Station ' || md5(n::text), repeat('Beside the road. ', 12), 'Street ' || n, 'Algiers',
    36 + random(), 3 + random(), 'Africa/Algiers', now(), now()
  from generate_series(1, $1::int) n`;
const FEATURE = '"type":"Feature",';
const MIB = 1024 * 1024;

/** A free port. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Everything that a process occupies, in bytes. */
const residentOf = ({ pid }: Child): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)]).toString()) * 1024;

/** Counts the features of an answer that comes in parts; a mark may be cut in two. */
class FeatureCount {
  count = 0;
  size = 0;
  end = '';

  add(part: Buffer): void {
    const text = this.end + part.toString('latin1');
    this.count += text.split(FEATURE).length - this.end.split(FEATURE).length;
    this.size += part.length;
    this.end = text.slice(-(FEATURE.length - 1));
  }
}

describe(`${ROWS} power centers on a map`, () => {
  const children: Child[] = [];
  const undo: (() => Promise<void>)[] = [];
  let auth: TestGateway;
  let url: string;

  beforeAll(async () => {
    const db = await testDatabase('maps_memory');
    const broker = await testBroker();
    undo.push(
      () => db.drop(),
      () => broker.stop(),
    );
    await migrate(database(db.ownerUrl));
    await db.query(`insert into currency_rates (code, rate, revision) values ('USD', '1', 1)`);
    await db.query(FILL, [ROWS]);
    await db.query('analyze charge_points');
    // Stands in for auth; the gateway that is measured is a process of its own.
    auth = await startTestGateway({ broker, gateway: gatewayParts });
    undo.push(() => auth.stop());
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    // As in a container of a fixed size: with all of a large machine V8 lets garbage lie.
    const node = { NODE_ENV: 'test', NODE_OPTIONS: '--max-old-space-size=256' };
    const here = { ...node, NATS_URL: broker.url, REDIS_URL: 'redis://127.0.0.1:1', HOST: '127.0.0.1' };
    const start = (app: string, env: NodeJS.ProcessEnv) =>
      children.push(new Child(resolve(__dirname, `../../../${app}/src/main.ts`), [], { ...here, ...env }));
    start('stations', { DATABASE_URL: db.url });
    start('gateway', { PORT: String(port) });
    await until(async () => (await status()) === 200, 'both processes to be ready');
  });
  afterAll(async () => {
    children.forEach((child) => child.signal('SIGTERM'));
    await Promise.all(children.map((child) => child.end()));
    for (const step of undo.reverse()) await step();
  });

  const headers = () => ({ authorization: `Bearer ${auth.auth.token({ userId: 11, accountId: 1 })}` });
  const status = async () =>
    fetch(`${url}/api/charge-points/1/geojson`, { headers: headers() }).then(
      (answer) => answer.status,
      () => 0,
    );
  const open = async (): Promise<IncomingMessage> => {
    const [answer] = await once(
      get(`${url}/api/charge-points/geojson`, { headers: headers(), agent: false }),
      'response',
    );
    return answer as IncomingMessage;
  };

  it('are one whole answer, and neither gateway nor service grows by one and a half times its size', async () => {
    const before = children.map(residentOf);
    const most = [...before];
    const features = new FeatureCount();
    let looked = 0;
    for await (const part of await open()) {
      features.add(part as Buffer);
      if (features.size - looked < 8 * MIB) continue;
      looked = features.size;
      children.map(residentOf).forEach((bytes, at) => (most[at] = Math.max(most[at] ?? 0, bytes)));
    }
    expect(features).toMatchObject({ count: ROWS, end: expect.stringMatching(/\]\}$/) });
    expect(features.size).toBeGreaterThan(100 * MIB);
    const grown = most.map((bytes, at) => bytes - (before[at] ?? 0));
    for (const bytes of grown) expect(bytes).toBeLessThan(1.5 * features.size);
  });
});
