// Makes every secret of a platform on Kubernetes, each once: docs/operations.md#secrets
//   node deploy/kubernetes/secrets.mjs [--tls] <folder>
// APPS_NAMESPACE and SERVERS_NAMESPACE name the namespaces where they are not open-cpo and open-cpo-data.
// The folder keeps them, a file each, as <secret>/<key>. What follows from them is written at each run:
//   <folder>/kubernetes.json   the Secrets of both namespaces, for kubectl apply
//   <folder>/external.json     the same for the store of External Secrets: keys with their properties
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { backEndNames, backEndUser } from '../compose/back-ends.mjs';
import { makeCallKeys, SERVICES } from '../compose/call-keys.mjs';
import { signingKeys } from '../compose/signing-keys.mjs';

const { APPS_NAMESPACE: APPS = 'open-cpo', SERVERS_NAMESPACE: SERVERS = 'open-cpo-data' } = process.env;
const args = process.argv.slice(2);
const tls = args.includes('--tls');
const [root, ...more] = args.filter((one) => one !== '--tls');
const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};
if (!root || root.startsWith('-') || more.length > 0) fail('Usage: node secrets.mjs [--tls] <folder>');

/** Secrets that others give out, by the variables that hold them at the first run. */
const given = [
  { variable: 'SMTP_URL', file: 'worker/smtp-url', needed: true },
  { variable: 'BACKUP_ACCESS_KEY_ID', file: 'postgres-backup/access-key-id', needed: true },
  { variable: 'BACKUP_SECRET_ACCESS_KEY', file: 'postgres-backup/secret-access-key', needed: true },
  { variable: 'STRIPE_SECRET_KEY', file: 'payouts/stripe-secret-key', otherwise: '' },
  { variable: 'STRIPE_WEBHOOK_SECRET', file: 'payouts/stripe-webhook-secret', otherwise: '' },
  ...['gateway', 'worker'].flatMap((app) => [
    { variable: `${app.toUpperCase()}_S3_ACCESS_KEY_ID`, file: `${app}/s3-access-key-id` },
    { variable: `${app.toUpperCase()}_S3_SECRET_ACCESS_KEY`, file: `${app}/s3-secret-access-key` },
  ]),
];
const file = (name) => `${root}/${name}`;
const missing = given.filter((one) => one.needed && !process.env[one.variable] && !existsSync(file(one.file)));
if (missing.length > 0)
  fail(missing.map((one) => `${one.variable} is not set, and there is no ${file(one.file)}.`).join('\n'));

const put = (name, text) => {
  mkdirSync(file(name).replace(/\/[^/]+$/, ''), { recursive: true, mode: 0o700 });
  writeFileSync(`${file(name)}.new`, text, { mode: 0o600 });
  renameSync(`${file(name)}.new`, file(name));
};
const read = (name) => readFileSync(file(name), 'utf8').replace(/\n$/, '');
/** What the file holds; made when it is not there yet. */
const keep = (name, make) => {
  if (!existsSync(file(name))) put(name, make());
  return read(name);
};
const password = () => randomBytes(24).toString('hex');

for (const { variable, file: name, otherwise } of given) {
  if (process.env[variable]) put(name, process.env[variable]);
  else if (otherwise !== undefined) keep(name, () => otherwise);
}

const aclTemplate = readFileSync(new URL('../redis/users.acl', import.meta.url), 'utf8');
const redisUsers = [...aclTemplate.matchAll(/#\{(\w+)\}/g)].map(([, user]) => user);
redisUsers.forEach((user) => keep(`valkey/${user}`, password));
put('valkey/scaler-username', 'scaler');

const postgres = process.env.POSTGRES_HOST || `postgres-rw.${SERVERS}`;
const query = tls ? '?sslmode=verify-full' : '';
/** A role, and the address of the service's database for it in the secret that `reader` mounts. */
const role = (name, service, credential, reader) => {
  put(`${credential}/username`, name);
  const secret = keep(`${credential}/password`, password);
  put(`${reader}/database-url`, `postgres://${name}:${secret}@${postgres}/cpo_${service}${query}`);
};
for (const service of SERVICES) {
  role(`cpo_${service}`, service, `postgres-${service}`, service);
  role(`cpo_${service}_owner`, service, `postgres-${service}-owner`, `${service}-migration`);
}

const apps = [...SERVICES, 'gateway', 'worker'];
const backEnds = backEndNames(process.env.CHARGING_BACK_ENDS).map(backEndUser);
const brokerUsers = [...apps, 'operator', 'charging', 'setup', ...backEnds];
brokerUsers.forEach((user) => keep(`${user}/nats-password`, password));
makeCallKeys(root, { put });
for (const app of apps)
  put(`${app}/redis-url`, `${tls ? 'rediss' : 'redis'}://${app}:${read(`valkey/${app}`)}@valkey.${SERVERS}`);
keep('auth/signing-keys', signingKeys);
keep('worker/board-password', password);
for (const app of ['auth', 'payouts', 'notifications'])
  keep(`${app}/secrets-key`, () => randomBytes(32).toString('base64'));

// What follows from the files. The names of keys in the store are those of the ExternalSecrets.
const APP_KEYS = [
  'nats-password',
  'call-keys',
  'redis-url',
  'database-url',
  'secrets-key',
  'signing-keys',
  'board-password',
];
const GIVEN_KEYS = given.map((one) => one.file.split('/'));
const pick = (name, keys) =>
  Object.fromEntries(
    keys.filter((key) => existsSync(file(`${name}/${key}`))).map((key) => [key, read(`${name}/${key}`)]),
  );
const ofApp = (app) => pick(app, [...APP_KEYS, ...GIVEN_KEYS.filter(([of]) => of === app).map(([, key]) => key)]);
const valkey = pick('valkey', [...redisUsers, 'scaler-username']);
const databases = SERVICES.flatMap((service) => [`postgres-${service}`, `postgres-${service}-owner`]);
const backup = pick('postgres-backup', ['access-key-id', 'secret-access-key']);

const external = Object.fromEntries(
  [
    ...[...apps, 'operator', 'charging', 'setup', ...backEnds].map((name) => [name, ofApp(name)]),
    ...SERVICES.map((service) => [`${service}-migration`, pick(`${service}-migration`, ['database-url'])]),
    ...databases.map((name) => [name, pick(name, ['username', 'password'])]),
    ['valkey', valkey],
    ['postgres-backup', backup],
  ].map(([key, properties]) => [`open-cpo/${key}`, properties]),
);
const of = (key) => external[`open-cpo/${key}`];

const secret = (namespace, name, stringData, basic = false) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace, ...(basic && { labels: { 'cnpg.io/reload': 'true' } }) },
  type: basic ? 'kubernetes.io/basic-auth' : 'Opaque',
  stringData,
});
const hash = (text) => createHash('sha256').update(text).digest('hex');
const items = [
  ...[...apps, 'operator', ...SERVICES.map((service) => `${service}-migration`)].map((name) =>
    secret(APPS, name, of(name)),
  ),
  secret(APPS, 'broker-setup', of('setup')),
  secret(APPS, 'worker-queues', { 'redis-username': 'scaler', 'redis-password': valkey.scaler }),
  secret(SERVERS, 'nats-users', Object.fromEntries(brokerUsers.map((user) => [user, of(user)['nats-password']]))),
  secret(SERVERS, 'valkey', {
    'users.acl': aclTemplate.replace(/\{(\w+)\}/g, (_, user) => hash(valkey[user])),
    'replication.conf': `masteruser replica\nmasterauth ${valkey.replica}\n`,
    'admin-password': valkey.admin,
  }),
  ...databases.map((name) => secret(SERVERS, name, of(name), true)),
  secret(SERVERS, 'postgres-backup', backup),
];
put('kubernetes.json', `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items }, undefined, 2)}\n`);
put('external.json', `${JSON.stringify(external, undefined, 2)}\n`);
process.stdout.write(`${items.length} secrets in ${file('kubernetes.json')} and ${file('external.json')}\n`);
