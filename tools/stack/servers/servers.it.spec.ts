import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Queue, Worker } from 'bullmq';
import Redis from 'ioredis';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Client } from 'pg';
import { places, type Places } from '../places';
import { choosePorts } from '../ports';
import { isRunning, pause } from '../processes';
import { Secrets } from '../secrets';
import { createDatabases, databaseUrl, dropDatabases, ownerUrl } from '../start/databases';
import { redisUrlAs } from './redis';
import { redisApps } from './redis-users';
import { redisPassword, Servers, type ServerAddresses } from './servers';

const checkout = resolve(__dirname, '../../..');

describe('the private servers', () => {
  let all: Places;
  let home: string;
  let secrets: Secrets;
  let servers: Servers;
  let addresses: ServerAddresses;
  const deaths: string[] = [];

  beforeAll(async () => {
    const shared = places(checkout, 'trials');
    home = mkdtempSync(join(shared.home, 'it-'));
    // Temporary folders are closed; the user of the servers must get in.
    chmodSync(home, 0o755);
    all = places(checkout, join('trials', home.slice(shared.home.length + 1)));
    secrets = new Secrets(join(home, 'secrets.json'));
    const ports = await choosePorts(['postgres', 'nats', 'redis']);
    const onDeath = (name: string): void => void deaths.push(name);
    servers = new Servers({ places: all, secrets, ports, given: {}, forTests: false, onDeath });
    addresses = await servers.start();
  });

  afterAll(async () => {
    const { marks } = servers;
    await servers.stop();
    rmSync(all.servers, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
    expect(marks.filter(isRunning)).toEqual([]);
  });

  const query = async (url: string, text: string): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };

  it('search without regard to case in every script', async () => {
    const [row] = await query(addresses.databaseAdminUrl, `SELECT 'ÉMIR ЖАР' ILIKE '%émir жар%' AS found`);
    expect(row).toEqual({ found: true });
  });

  it('give each service a database that no other service can open', async () => {
    const both = ['it_one', 'it_two'].map((name) => {
      return { name, password: secrets.password(name), ownerPassword: secrets.password(`${name}.owner`) };
    });
    const [one] = both as [(typeof both)[0]];
    await createDatabases(addresses.databaseAdminUrl, both);
    await createDatabases(addresses.databaseAdminUrl, both);
    const url = databaseUrl(addresses.databaseAdminUrl, one);
    await query(
      ownerUrl(addresses.databaseAdminUrl, one),
      'CREATE TABLE mine (name text); CREATE INDEX ON mine USING gin (name gin_trgm_ops)',
    );
    await expect(query(url, 'DROP TABLE mine')).rejects.toThrow('must be owner of table mine');
    for (const name of ['it_two', 'postgres', 'template1']) {
      const other = new URL(url);
      other.pathname = `/${name}`;
      await expect(query(other.href, 'SELECT 1')).rejects.toThrow('permission denied for database');
    }
    await dropDatabases(addresses.databaseAdminUrl, ['it_one', 'it_two']);
  });

  it('let nobody into the broker without a credential', async () => {
    await expect(connect({ servers: addresses.natsUrl, reconnect: false })).rejects.toThrow();
    // The one user who may ask JetStream for its account.
    const pass = secrets.password('nats.setup');
    const connection = await connect({ servers: addresses.natsUrl, user: 'setup', pass, inboxPrefix: '_INBOX_setup' });
    const manager = await jetstreamManager(connection);
    expect((await manager.getAccountInfo()).streams).toBe(0);
    expect(connection.info?.version).toMatch(/^2\.(1\d|9)\./);
    await connection.close();
  });

  describe('let an app of Redis', () => {
    const as = async <T>(user: string, work: (redis: Redis) => Promise<T>): Promise<T> => {
      const redis = new Redis(redisUrlAs(addresses.redisUrl, user, redisPassword(secrets, user)), {
        lazyConnect: true,
      });
      await redis.connect();
      return work(redis).finally(() => redis.disconnect());
    };
    const exports = ['cpo:jobs:exports:a', 'cpo:jobs:exports-large:a'];
    const imports = 'cpo:jobs:imports:a';
    const own: Record<string, readonly string[]> = {
      auth: ['cpo:attempts:a', 'cpo:revocations', 'cpo:jobs:emails:a', ...exports],
      gateway: ['cpo:limits:a'],
      stations: [...exports, imports],
      orders: [...exports, imports],
      payouts: ['cpo:jobs:payouts:a'],
      notifications: ['cpo:jobs:webhooks:a'],
      workforce: [imports],
      worker: ['cpo:jobs:emails:a', 'cpo:jobs:payouts:a', 'cpo:jobs:webhooks:a', imports, ...exports],
    };
    const every = [...new Set(Object.values(own).flat()), 'cpo:other', 'other:attempts:a'];

    it.each(redisApps)('%s touch keys of its own alone, and no other server command', async (app) => {
      await as(app, async (redis) => {
        for (const key of every) {
          if (own[app]?.includes(key)) {
            expect(await redis.set(key, 'x')).toBe('OK');
            expect(await redis.del(key)).toBe(1);
            continue;
          }
          await expect(redis.set(key, 'x')).rejects.toThrow('NOPERM');
          if (key !== 'cpo:revocations') await expect(redis.get(key)).rejects.toThrow('NOPERM');
          await expect(redis.eval(`return redis.call('del', KEYS[1])`, 1, key)).rejects.toThrow(/NOPERM|ACL failure/);
        }
        for (const command of [
          'keys *',
          'scan 0',
          'flushall',
          'flushdb',
          'config get *',
          'acl list',
          'client list',
          'monitor',
          'shutdown',
          'debug sleep 0',
          'randomkey',
          'publish a b',
          'replicaof no one',
          'save',
        ]) {
          const [name = '', ...args] = command.split(' ');
          await expect(redis.call(name, ...args)).rejects.toThrow(/NOPERM|not allowed/);
        }
      });
    });

    it('gateway read revocations, and write none', async () => {
      await as('auth', (redis) => redis.zadd('cpo:revocations', 1, 'told'));
      await as('gateway', async (redis) => {
        expect(await redis.zrange('cpo:revocations', '0', '-1')).toEqual(['told']);
        await expect(redis.del('cpo:revocations')).rejects.toThrow('NOPERM');
      });
    });

    it('work queues off by BullMQ, and ask for their lengths as KEDA does', async () => {
      const connection = { url: redisUrlAs(addresses.redisUrl, 'auth', redisPassword(secrets, 'auth')) };
      const queue = new Queue('emails', { connection, prefix: 'cpo:jobs' });
      await queue.add('emails', { id: 1 });
      const length = `local t = redis.call('type', KEYS[1]).ok; return redis.call('llen', KEYS[1])`;
      expect(await as('scaler', (redis) => redis.eval(length, 1, 'cpo:jobs:emails:wait'))).toBe(1);
      await expect(as('scaler', (redis) => redis.lrange('cpo:jobs:emails:wait', 0, 1))).rejects.toThrow('NOPERM');
      const url = redisUrlAs(addresses.redisUrl, 'worker', redisPassword(secrets, 'worker'));
      const done = new Promise((resolve, reject) => {
        const options = { connection: { url, maxRetriesPerRequest: null }, prefix: 'cpo:jobs' };
        const worker = new Worker('emails', async (job) => Promise.resolve(job.data), options);
        worker.on('error', reject);
        worker.on('completed', (_job, result) => void worker.close().then(() => resolve(result)));
      });
      expect(await done).toEqual({ id: 1 });
      await queue.close();
    });

    it('nobody in without a password', async () => {
      const redis = new Redis({ port: Number(new URL(addresses.redisUrl).port), lazyConnect: true });
      redis.on('error', () => undefined);
      await redis.connect().catch(() => undefined);
      await expect(redis.get('cpo:attempts:a')).rejects.toThrow(/NOAUTH|NOPERM/);
      redis.disconnect();
    });
  });

  it('write files that nobody else reads', async () => {
    const redis = new Redis(addresses.redisUrl);
    await redis.set('written', 'x');
    await redis.quit();
    const folder = join(all.servers, 'redis');
    const modes = readdirSync(folder, { recursive: true, withFileTypes: true })
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => (statSync(path).mode & 0o077) !== 0);
    expect(modes).toEqual([]);
  });

  it('never drop a job', async () => {
    const redis = new Redis(addresses.redisUrl);
    expect(await redis.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
    expect(await redis.config('GET', 'appendonly')).toEqual(['appendonly', 'yes']);
    await redis.quit();
  });

  it('come back when they die, with what they kept', async () => {
    const redis = new Redis(addresses.redisUrl, { retryStrategy: () => 100, maxRetriesPerRequest: null });
    await redis.set('kept', 'yes');
    await pause(1_200);
    const info = await redis.info('server');
    const pid = Number(/process_id:(\d+)/.exec(info)?.[1]);
    process.kill(pid, 'SIGKILL');
    await redis.ping().catch(() => undefined);
    expect(await redis.get('kept')).toBe('yes');
    expect(deaths).toEqual(['Redis']);
    await redis.quit();
  });
});
