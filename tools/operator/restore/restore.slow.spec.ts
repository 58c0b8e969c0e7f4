import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '@open-cpo/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Api } from '../../demo/api';
import { history } from '../../demo/history';
import { Publisher } from '../../demo/publisher';
import { type DemoSession, eventsOf } from '../../demo/session';
import { apps } from '../../stack/apps';
import { Guide } from './guide';
import { RestorablePlatform } from './restorable-platform';

// A whole platform starts and ends several times, beside whatever else runs.

const checkout = resolve(__dirname, '../../..');
const SEEN = [
  '/api/user/balance',
  '/api/charge-points',
  '/api/feedback?itemsPerPage=1000',
  '/api/orders?itemsPerPage=1000',
  '/api/payouts',
  '/api/stats',
  '/api/workers',
];
const services = apps.filter(({ database }) => database).map(({ name }) => name);
const built = existsSync(join(checkout, 'dist/apps/gateway/src/main.js'));

(built ? describe : describe.skip)('docs/backup.md, done word for word', () => {
  let platform: RestorablePlatform;
  let guide: Guide;
  let nats: NatsConnection;
  let owner: Api;
  let early: readonly DemoSession[];
  let late: readonly DemoSession[];
  let told = 0;

  const login = async (): Promise<Api> => Api.login(platform.url);
  const tell = async (sessions: readonly DemoSession[]): Promise<void> => {
    const password = platform.facts.secrets.password('nats.charging');
    const publisher = await Publisher.open({ natsUrl: platform.facts.addresses.natsUrl, user: 'charging', password });
    await publisher.publishAll(sessions.flatMap(eventsOf));
    await publisher.close();
  };
  /** An operation's answer, as soon as it can be had: an app that has just lost its streams may answer 503 for a moment. */
  const read = async (path: string): Promise<unknown> => {
    let answer = await owner.get(path);
    await until(
      async () => answer.status < 500 || (answer = await owner.get(path)).status < 500,
      `an answer to ${path}`,
    );
    expect([path, answer]).toMatchObject([path, { status: 200 }]);
    return answer.body;
  };
  /** Everything that the owner sees; orders of a time that was told again may have other numbers. */
  const seen = async (): Promise<Record<string, unknown>> => {
    const answers = await Promise.all(
      SEEN.map(async (path) => {
        return [path, await read(path)] as const;
      }),
    );
    return JSON.parse(
      JSON.stringify(Object.fromEntries(answers), (key, value: unknown) => (NUMBERS.test(key) ? '' : value)),
    ) as Record<string, unknown>;
  };
  /** Waits until everything that was said has had its effects everywhere. */
  const settled = async (sessions: number): Promise<void> => {
    await until(async () => (await owner.orders()) === sessions && (await owner.open()) === 0, 'all orders');
    for (const service of services) {
      const waiting = `select 1 from outbox where sent_at is null and dead_at is null limit 1`;
      await until(async () => (await platform.ask(service, waiting)).length === 0, `the outbox of ${service}`);
    }
    const { consumers } = await jetstreamManager(nats);
    const busy = async (): Promise<string[]> => {
      const all = [...(await consumers.list('FACTS').next()), ...(await consumers.list('CHARGING').next())];
      return all.filter((one) => one.num_pending + one.num_ack_pending > 0).map(({ name }) => name);
    };
    await until(async () => (await busy()).length === 0, 'all consumers');
  };

  beforeAll(async () => {
    platform = await RestorablePlatform.create(checkout);
    guide = new Guide(checkout, platform.facts, tmpdir());
    nats = await connect({ servers: platform.facts.addresses.natsUrl });
    await platform.up();
    owner = await login();
    const scene = { accountId: 1, powerCenters: await owner.powerCenters(), cards: await owner.cards() };
    const sessions = history({ ...scene, sessionsADay: 12 }, 3, new Date());
    [early, late] = [sessions.slice(0, 20), sessions.slice(20, 30)];
    await tell(early);
    await settled((told = early.length));
  });
  afterAll(async () => {
    await nats?.close();
    await platform?.stop();
    guide?.remove();
  });

  it('brings back databases that were lost, and sessions that were told since the dump', async () => {
    await platform.stopProcesses();
    await guide.run('Dump');
    await platform.up();
    await tell(late);
    await settled((told += late.length));
    const before = await seen();
    const added = { title: 'Made after the dump', category: 'EV_CHARGER', latitude: 36.75, longitude: 3.06 };
    expect((await owner.post('/api/charge-points', added)).status).toBe(200);

    await platform.stopProcesses();
    await guide.run('Restore');
    await guide.run('Start again');
    await platform.up();
    owner = await login();
    await settled(told);
    expect(await guide.run('Rebuild')).toMatch(/0 of \d+ accounts[^]*0 of \d+ power centers[^]*postings agree/);
    await settled(told);
    expect(await seen()).toEqual(before);
  });

  it('goes on without the streams and without Redis as if they had never been', async () => {
    const before = await seen();
    const { streams } = await jetstreamManager(nats);
    for (const { config } of await streams.list().next()) await streams.delete(config.name);
    await guide.run('Start again');
    await guide.run('Streams were lost');
    await tell(early.slice(0, 2));
    await settled(told);
    expect(await seen()).toEqual(before);
  });

  it('has told facts told again that were lost with the streams before anybody heard them', async () => {
    const before = await read('/api/user/balance');
    await platform.stopProcesses();
    await platform.up(['payouts']);
    owner = await login();
    // At the first power center, which has a price: some have none, and their sessions earn nothing.
    const { token } = (await owner.powerCenters()).find(({ id }) => id === 1) as { token: string };
    await tell([{ ...(late[0] as DemoSession), id: 'reported-again', token, connector: 1, rfid: null }]);
    await until(async () => (await owner.orders()) === told + 1 && (await owner.open()) === 0, 'the order');
    const unsent = 'select 1 from outbox where sent_at is null limit 1';
    await until(async () => (await platform.ask('orders', unsent)).length === 0, 'the fact to be told');
    await (await jetstreamManager(nats)).streams.delete('FACTS');
    await platform.stopProcesses();
    await platform.up();
    owner = await login();
    await settled((told += 1));
    expect(await read('/api/user/balance')).toEqual(before);
    await guide.run('Streams were lost');
    await until(async () => JSON.stringify(await read('/api/user/balance')) !== JSON.stringify(before), 'the earning');
    expect(await guide.run('Rebuild')).toMatch(/postings agree/);
  });
});

/** Names of what holds an order's number. */
const NUMBERS = /^(id|order_id|orderID)$/;
