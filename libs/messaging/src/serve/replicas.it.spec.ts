import { join } from 'node:path';
import { Refusal } from '@open-cpo/contracts';
import { asUser, Child, startTestClient, type TestBroker, testBroker, until } from '@open-cpo/testing';
import { parcels } from '../fixture/depot';
import { Broker, type Bus } from '../index';

const EVERY = 10;
const REQUESTS_AT_ONCE = 3;

describe('replicas in processes of their own', () => {
  let broker: TestBroker;
  let client: Awaited<ReturnType<typeof startTestClient>>;
  let bus: Bus;
  let replicas: Child[] = [];

  const start = async (): Promise<Child> => {
    const env = { NATS_URL: broker.url, REDIS_URL: 'redis://127.0.0.1:1', HOST: '127.0.0.1', NODE_ENV: 'test' };
    const child = new Child(join(__dirname, '../fixture/replica.ts'), [], env);
    replicas.push(child);
    await child.line('Joined the queue groups');
    return child;
  };
  const weigh = () => bus.call(parcels.weigh, {}, asUser());

  beforeAll(async () => {
    broker = await testBroker();
    client = await startTestClient(broker);
    ({ bus } = client);
  });
  afterEach(() => {
    replicas.forEach((child) => child.signal('SIGKILL'));
    replicas = [];
  });
  afterAll(async () => {
    await client.stop();
    await broker.stop();
  });

  it('are restarted one after the other under load without a single failed request', async () => {
    const olds = [await start(), await start(), await start()];
    const failures: unknown[] = [];
    const pids = new Set<unknown>();
    const asked: Promise<void>[] = [];
    // 300 requests a second, whatever becomes of the earlier ones.
    const load = setInterval(() => {
      for (let i = 0; i < REQUESTS_AT_ONCE; i += 1) {
        asked.push(
          weigh().then(
            (pid) => void pids.add(pid),
            (error: unknown) => void failures.push(error),
          ),
        );
      }
    }, EVERY);
    for (const old of olds) {
      await start();
      old.signal('SIGTERM');
      expect(await old.end()).toBe(0);
    }
    clearInterval(load);
    await Promise.all(asked);
    expect(failures).toEqual([]);
    expect(asked.length).toBeGreaterThan(300);
    expect(pids.size).toBe(6);
  });

  it('that are killed fail no more than what they were at', async () => {
    const doomed = await start();
    await start();
    const results = Array.from({ length: 50 }, () => weigh().catch((error: Refusal) => error.code));
    doomed.signal('SIGKILL');
    await doomed.end();
    await client.app.get(Broker).flush();
    const after = await Promise.all(Array.from({ length: 50 }, weigh));
    expect(new Set(after).size).toBe(1);
    const during = await Promise.all(results);
    // What the dead one had taken is told when its time is over; nothing is answered twice or wrongly.
    expect(during.filter((result) => typeof result !== 'number' && result !== 'deadline_exceeded')).toEqual([]);
  });

  /**
   * The broker goes on giving a frozen replica its share until the pings that it does not answer tell (`ping_interval`
   * times `ping_max` of the broker). Until then that share ends with `deadline_exceeded`; what matters is that nothing
   * of it is done when the replica wakes up, long after its callers were told.
   */
  it('that were frozen do not do what nobody waits for any more', async () => {
    const frozen = await start();
    const { pid } = await bus.call(parcels.weigh, {}, asUser()).then((pid) => ({ pid }));
    frozen.signal('SIGSTOP');
    const late = Array.from({ length: 5 }, (_, number) =>
      bus.call(parcels.store, { number }, asUser({ deadline: Date.now() + 300 })).catch((error: Refusal) => error.code),
    );
    expect(new Set(await Promise.all(late))).toEqual(new Set(['deadline_exceeded']));
    frozen.signal('SIGCONT');
    expect(await until(() => weigh().catch(() => undefined))).toBe(pid);
    expect(await bus.call(parcels.store, { number: 99 }, asUser())).toEqual({ id: pid });
    await frozen.line('stored 99');
    expect(frozen.lines.filter(({ msg }) => msg.startsWith('stored'))).toHaveLength(1);
    expect(frozen.lines.filter(({ msg }) => msg === 'Expired request dropped')).toHaveLength(5);
  });
});
