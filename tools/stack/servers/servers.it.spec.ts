import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Redis from 'ioredis';
import { connect } from 'nats';
import { Client } from 'pg';
import { places, type Places } from '../places';
import { choosePorts } from '../ports';
import { isRunning, pause } from '../processes';
import { Secrets } from '../secrets';
import { createDatabases, databaseUrl, dropDatabases } from '../start/databases';
import { Servers, type ServerAddresses } from './servers';

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
    const [one, two] = ['it_one', 'it_two'].map((name) => ({ name, password: secrets.password(name) }));
    const both = [one, two].filter((database) => database !== undefined);
    await createDatabases(addresses.databaseAdminUrl, both);
    await createDatabases(addresses.databaseAdminUrl, both);
    const url = databaseUrl(addresses.databaseAdminUrl, both[0] as (typeof both)[0]);
    await query(url, 'CREATE TABLE mine (name text); CREATE INDEX ON mine USING gin (name gin_trgm_ops)');
    const other = new URL(url);
    other.pathname = '/it_two';
    await expect(query(other.href, 'SELECT 1')).rejects.toThrow('permission denied for database');
    await dropDatabases(addresses.databaseAdminUrl, ['it_one', 'it_two']);
  });

  it('let nobody into the broker without a credential', async () => {
    await expect(connect({ servers: addresses.natsUrl, reconnect: false })).rejects.toThrow();
    const pass = secrets.password('nats.auth');
    const connection = await connect({ servers: addresses.natsUrl, user: 'auth', pass, inboxPrefix: '_INBOX_auth' });
    const manager = await connection.jetstreamManager();
    expect((await manager.getAccountInfo()).streams).toBe(0);
    expect(connection.info?.version).toMatch(/^2\.(1\d|9)\./);
    await connection.close();
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
