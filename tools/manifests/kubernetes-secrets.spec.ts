import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { apps } from '../stack/apps';
import { checkout } from './compose';
import { containersOf, isWorkload, type Manifest, type Workload } from './manifest';
import { describeRendered, rendered, renderedWith } from './render';

interface Secret extends Manifest {
  readonly type: string;
  readonly stringData: Readonly<Record<string, string>>;
}
interface Wanted {
  readonly target: { readonly template?: { readonly type?: string; readonly data?: Record<string, string> } };
  readonly data: readonly { readonly secretKey: string; readonly remoteRef: { key: string; property: string } }[];
}

const inputs = {
  SMTP_URL: 'smtp://mail:587',
  BACKUP_ACCESS_KEY_ID: 'backup-id',
  BACKUP_SECRET_ACCESS_KEY: 'backup-key',
  GATEWAY_S3_ACCESS_KEY_ID: 'reader-id',
  GATEWAY_S3_SECRET_ACCESS_KEY: 'reader-key',
  WORKER_S3_ACCESS_KEY_ID: 'writer-id',
  WORKER_S3_SECRET_ACCESS_KEY: 'writer-key',
};
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'secrets-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const run = (env: object = inputs, ...args: string[]) => {
  const script = join(checkout, 'deploy/kubernetes/secrets.mjs');
  return spawnSync(process.execPath, [script, ...args, folder], { env: { ...env }, encoding: 'utf8' });
};
const made = (): Secret[] =>
  (JSON.parse(readFileSync(join(folder, 'kubernetes.json'), 'utf8')) as { items: Secret[] }).items;
const store = (): Record<string, Record<string, string>> =>
  JSON.parse(readFileSync(join(folder, 'external.json'), 'utf8')) as Record<string, Record<string, string>>;
const named = (name: string): Readonly<Record<string, string>> =>
  made().find(({ metadata }) => metadata.name === name)?.stringData ?? {};

describe('the command that makes the secrets of Kubernetes', () => {
  it('says what has to be given to it, all at once', () => {
    const { status, stderr } = run({});
    expect(status).toBe(1);
    const missing = stderr
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(missing).toEqual(['SMTP_URL', 'BACKUP_ACCESS_KEY_ID', 'BACKUP_SECRET_ACCESS_KEY']);
  });

  it('makes each once: what was given and made before is kept', () => {
    expect(run().stderr).toBe('');
    const before = made();
    expect(run({}).stderr).toBe('');
    expect(made()).toEqual(before);
    const passwords = before.flatMap(({ stringData }) => stringData['nats-password'] ?? []);
    expect(new Set(passwords).size).toBe(passwords.length);
  });

  it('has an app and its server know the same', () => {
    run();
    const { password = '' } = named('postgres-orders');
    expect(named('orders')['database-url']).toBe(
      `postgres://cpo_orders:${password}@postgres-rw.open-cpo-data/cpo_orders`,
    );
    expect(named('nats-users').orders).toBe(named('orders')['nats-password']);
    const redis = new URL(named('orders')['redis-url'] ?? '');
    const hash = createHash('sha256').update(redis.password).digest('hex');
    expect(named('valkey')['users.acl']).toContain(`user orders on #${hash} `);
    expect((JSON.parse(named('auth')['signing-keys'] ?? '') as { keys: object[] }).keys).toHaveLength(1);
  });

  it('makes them for other namespaces', () => {
    run({ ...inputs, APPS_NAMESPACE: 'second', SERVERS_NAMESPACE: 'second-data' });
    const namespaces = new Set(made().map(({ metadata }) => metadata.namespace));
    expect([...namespaces].sort()).toEqual(['second', 'second-data']);
    expect(named('auth')['redis-url']).toMatch(/@valkey\.second-data$/);
    expect(named('auth-migration')['database-url']).toMatch(/@postgres-rw\.second-data\//);
  });

  it('writes addresses that insist on TLS where the servers have it, and of another cluster of PostgreSQL', () => {
    run({ ...inputs, POSTGRES_HOST: 'postgres-restored-rw.open-cpo-data' }, '--tls');
    expect(named('auth')['redis-url']).toMatch(/^rediss:.*@valkey\.open-cpo-data$/);
    expect(named('auth-migration')['database-url']).toMatch(
      /^postgres:\/\/cpo_auth_owner:.*@postgres-restored-rw\.open-cpo-data\/cpo_auth\?sslmode=verify-full$/,
    );
  });

  it('makes the credential of each charging back end', () => {
    run({ ...inputs, CHARGING_BACK_ENDS: 'acme volta' });
    expect(Object.keys(named('nats-users'))).toEqual(expect.arrayContaining(['charging-acme', 'charging-volta']));
  });
});

describeRendered('the secrets of Kubernetes', () => {
  const platform = renderedWith('overlays/production', ['operator', 'object-store', 'board']);
  const servers = [...rendered('servers'), ...rendered('recovery')];

  it('are all that workloads mount, with the keys that they read', () => {
    run();
    for (const one of platform.filter(isWorkload)) {
      const name = mounted(one);
      const values = containersOf(one).flatMap(({ env = [] }) => env.flatMap(({ value = '' }) => value));
      const files = values.filter((value) => value.startsWith('/secrets/')).map((value) => basename(value));
      expect([name, Object.keys(named(name))]).toEqual([name, expect.arrayContaining(files)]);
    }
  });

  it('are all that the servers and the scaler refer to', () => {
    run();
    const wanted = references([...platform, ...servers, usersOfBroker()]);
    expect(wanted.length).toBeGreaterThan(15);
    const lacking = wanted.filter(([name, key]) => key !== undefined && !Object.hasOwn(named(name), key));
    expect(lacking.filter(([name]) => name !== 'servers-ca')).toEqual([]);
    const credentials = servers.flatMap((one) => JSON.stringify(one).match(/"passwordSecret":\{"name":"[^"]+/g) ?? []);
    // A recovered cluster has those of the one before.
    expect(new Set(credentials).size).toBe(2 * apps.filter(({ database }) => database).length);
    for (const text of credentials)
      expect(Object.keys(named(text.replace(/.*"/, '')))).toEqual(['username', 'password']);
  });

  it('are the same by External Secrets, from the store that the command fills', () => {
    run();
    const external = [...platform, ...rendered('servers-external-secrets')].filter(
      ({ kind }) => kind === 'ExternalSecret',
    );
    const evaluated = external.map(({ metadata, spec }) => [metadata.name, evaluate(spec as unknown as Wanted)]);
    const plain = made().map(({ metadata, stringData }) => [metadata.name, stringData]);
    expect(Object.fromEntries(evaluated)).toEqual(Object.fromEntries(plain));
  });

  it('need no operator of their own for the servers and the scaler', () => {
    const all = [...servers, ...rendered('servers-tls'), ...renderedWith('base', ['keda'])];
    expect(all.filter(({ kind }) => kind === 'ExternalSecret')).toEqual([]);
  });
});

const mounted = ({ spec }: Workload): string =>
  spec.template.spec.volumes?.find(({ name }) => name === 'secrets')?.secret?.secretName ?? '';

/** Name and key of every `{ name, key }` in these objects. */
function references(objects: readonly unknown[]): [string, string][] {
  const text = JSON.stringify(objects);
  const pairs = [
    ...text.matchAll(/"name":"([a-z-]+)","key":"([\w.-]+)"/g),
    ...text.matchAll(/"key":"([\w.-]+)","name":"([a-z-]+)"/g),
  ];
  return pairs.map(([whole, one = '', two = '']) => (whole.startsWith('"name"') ? [one, two] : [two, one]));
}

const usersOfBroker = (): unknown =>
  [
    ...readFileSync(join(checkout, 'k8s/servers/nats/users.yaml'), 'utf8').matchAll(
      /name: nats-users\n *key: ([a-z-]+)/g,
    ),
  ].map(([, key]) => ({ name: 'nats-users', key }));

/** The secret that External Secrets makes, as far as ours use its templates. */
function evaluate({ target, data }: Wanted): Record<string, string> {
  const values = data.map(({ secretKey, remoteRef }) => [
    secretKey,
    store()[remoteRef.key]?.[remoteRef.property] ?? '',
  ]);
  const read = Object.fromEntries(values) as Record<string, string>;
  const template = target.template?.data;
  if (!template) return read;
  const fill = (text: string): string =>
    text.replace(/\{\{ \.(\w+)( \| sha256sum)? \}\}/g, (_all, key: string, hashed?: string) =>
      hashed
        ? createHash('sha256')
            .update(read[key] ?? '')
            .digest('hex')
        : (read[key] ?? ''),
    );
  return Object.fromEntries(Object.entries(template).map(([key, text]) => [key, fill(text)]));
}
