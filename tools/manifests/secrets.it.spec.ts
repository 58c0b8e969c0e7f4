import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { packaged } from '@open-cpo/testing';
import { Client } from 'pg';
import { GuardedBroker } from '../broker/test/guarded-broker';
import { setting } from '../stack/environment';
import { checkout, compose } from './compose';

describe('the secrets of a compose system', () => {
  let folder: string;
  const make = (given = compose().services.secrets?.environment ?? {}): void => {
    const environment = { ...given, NATS_DATA: join(folder, '../none') };
    const script = join(checkout, 'deploy/compose/secrets.mjs');
    const args = [script, folder, join(checkout, 'deploy/nats/users.conf')];
    const { status, stderr } = spawnSync(process.execPath, args, { env: { ...environment }, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'secrets-'));
    make();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are all there that the apps are told to read', () => {
    for (const service of Object.values(compose().services)) {
      const files = Object.values(service.environment ?? {}).filter((value) => String(value).startsWith('/secrets/'));
      const owner = service.volumes?.map((volume) => /^secrets-([\w-]+):/.exec(volume)?.[1]).find(Boolean) ?? '';
      for (const path of files) expect(statSync(join(folder, path.replace('/secrets', owner))).size).toBeGreaterThan(0);
    }
  });

  it('stay what they are at the next start, and a new app gets its own', () => {
    const before = ['servers/postgres-password', 'auth/database-url', 'auth/signing-keys'].map(read);
    make({
      DATABASES: 'auth stations workforce orders payouts fleet',
      CLIENTS: 'gateway worker operator charging setup',
    });
    expect(['servers/postgres-password', 'auth/database-url', 'auth/signing-keys'].map(read)).toEqual(before);
    expect(read('postgres/databases.sql')).toContain('cpo_fleet');
  });

  it('can be read by their one reader alone', () => {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const readers: Record<string, number> = { servers: 0, nats: 1000, postgres: 999, redis: 999 };
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const { mode, uid } = statSync(path);
      expect([path, mode & 0o777]).toEqual([path, entry.isDirectory() ? 0o700 : 0o400]);
      const top = path.slice(folder.length + 1).split('/')[0] ?? '';
      if (process.getuid?.() === 0) expect([path, uid]).toEqual([path, readers[top] ?? 10001]);
    }
  });

  it('are mounted into one container each, and its migration', () => {
    for (const [name, { volumes = [] }] of Object.entries(compose().services)) {
      const mounted = volumes.flatMap((volume) => /^secrets-([\w-]+):/.exec(volume)?.[1] ?? []);
      if (name === 'secrets') continue;
      const own = name
        .replace(/-migrate$/, '-owner')
        .replace(/-demo$/, '')
        .replace('databases', 'postgres')
        .replace('broker-setup', 'setup');
      expect([name, mounted]).toEqual([name, mounted.length ? [own] : []]);
    }
  });

  it('are as many different ones as there are files', () => {
    const { DATABASES = '', CLIENTS = '' } = compose().services.secrets?.environment ?? {};
    const all = [...DATABASES.split(' '), ...CLIENTS.split(' ')].map((name) => read(`${name}/nats-password`));
    expect(new Set(all).size).toBe(all.length);
  });

  it('let the apps in at the broker, each with its own', async () => {
    const broker = await GuardedBroker.start((port, store) =>
      read('nats/nats.conf')
        .replace('port: 4222\nhttp_port: 8222', `host: 127.0.0.1\nport: ${port}`)
        .replace('/data', store),
    );
    await expect(broker.as('gateway', read('gateway/nats-password'))).resolves.toBeDefined();
    await expect(broker.as('gateway', read('auth/nats-password'))).rejects.toThrow();
    await broker.stop();
  });

  it('let a back end in with a password of its own, which tells under its own name', async () => {
    make({ ...compose().services.secrets?.environment, BACK_ENDS: 'acme, volta' });
    expect(read('back-ends/acme')).not.toBe(read('back-ends/volta'));
    const broker = await GuardedBroker.start((port, store) =>
      read('nats/nats.conf')
        .replace('port: 4222\nhttp_port: 8222', `host: 127.0.0.1\nport: ${port}`)
        .replace('/data', store),
    );
    const acme = await broker.as('charging-acme', read('back-ends/acme'));
    const platform = await broker.as('setup', read('setup/nats-password'));
    const manager = await jetstreamManager(platform);
    await manager.streams.add({ name: 'CHARGING', subjects: ['charging.>'] });
    await jetstream(acme).publish('charging.session.started', '{}');
    const { state } = await manager.streams.info('CHARGING', { subjects_filter: '>' });
    expect(state.subjects).toEqual({ 'charging.session.started.acme': 1 });
    await expect(broker.as('charging-acme', read('back-ends/volta'))).rejects.toThrow();
    await broker.stop();
  });

  it('make databases that belong to one service each, also when they are there already', async () => {
    const admin = setting('TEST_DATABASE_ADMIN_URL') ?? '';
    const mark = `t${process.pid}_`;
    const sql = read('postgres/databases.sql').replaceAll('cpo_', mark);
    const psql = join(setting('TEST_POSTGRES_BIN') ?? '/usr/bin', 'psql');
    const options = { input: sql, encoding: 'utf8', env: packaged(psql) } as const;
    const run = () => spawnSync(psql, ['-v', 'ON_ERROR_STOP=1', '-q', '-d', admin], options);
    const client = new Client({ connectionString: admin });
    await client.connect();
    try {
      expect(run()).toMatchObject({ status: 0 });
      expect(run()).toMatchObject({ status: 0 });
      const { rows } = await client.query<{ datname: string; own: boolean; foreign: boolean }>(
        `select datname, has_database_privilege(datname, datname, 'connect') as own,
          has_database_privilege('${mark}auth', datname, 'connect') as foreign
         from pg_database where datname like '${mark}%' order by datname`,
      );
      expect(rows).toHaveLength(7);
      for (const { datname, own, foreign } of rows)
        expect([datname, own, foreign]).toEqual([datname, true, datname === `${mark}auth`]);
      const { rows: open } = await client.query(
        `select from pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
         where a.grantee = 0 and a.privilege_type = 'CONNECT' and d.datname in ('postgres', 'template1')`,
      );
      expect(open).toEqual([]);
      const { rows: owners } = await client.query<{ owner: string }>(
        `select pg_get_userbyid(datdba) as owner from pg_database where datname = '${mark}auth'`,
      );
      expect(owners).toEqual([{ owner: `${mark}auth_owner` }]);
    } finally {
      for (const name of ['auth', 'stations', 'workforce', 'orders', 'payouts', 'notifications', 'chargers']) {
        await client.query(`drop database if exists ${mark}${name}`);
        for (const role of ['_owner', '', '_callers']) await client.query(`drop role if exists ${mark}${name}${role}`);
      }
      await client.end();
    }
  });
});
