// Makes the passwords and keys of a compose system, each once, into volumes that only the containers see which need
// them. It runs at every start: an app that is new gets its own, and the broker learns what every app may do.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = process.argv[2] ?? '/secrets';
const usersFile = process.argv[3] ?? '/nats/users.conf';
const list = (name) => (process.env[name] ?? '').split(' ').filter(Boolean);
const databases = list('DATABASES');

const put = (name, text) => writeFileSync(`${root}/${name}`, text, { mode: 0o644 });
/** What the file holds; made when it is not there yet. */
const keep = (name, make) => {
  if (!existsSync(`${root}/${name}`)) put(name, make());
  return readFileSync(`${root}/${name}`, 'utf8');
};
const password = () => randomBytes(24).toString('hex');
const signingKeys = () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomBytes(8).toString('hex');
  return JSON.stringify({ keys: [{ ...privateKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] });
};

mkdirSync(`${root}/servers`, { recursive: true });
keep('servers/postgres-password', password);
const redis = keep('servers/redis-password', password);
put('servers/redis.conf', `requirepass ${redis}\nappendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\n`);

const brokerPasswords = [];
const roles = [];
for (const name of [...databases, ...list('CLIENTS')]) {
  mkdirSync(`${root}/${name}`, { recursive: true });
  brokerPasswords.push(`${name.toUpperCase()}_NATS_PASSWORD: "${keep(`${name}/nats-password`, password)}"`);
  put(`${name}/redis-url`, `redis://:${redis}@redis:6379`);
  if (name === 'auth') keep('auth/signing-keys', signingKeys);
  if (['auth', 'payouts', 'notifications'].includes(name))
    keep(`${name}/secrets-key`, () => randomBytes(32).toString('base64'));
  if (!databases.includes(name)) continue;
  const url = keep(`${name}/database-url`, () => `postgres://cpo_${name}:${password()}@postgres:5432/cpo_${name}`);
  roles.push(role(name, new URL(url).password));
}
put('servers/databases.sql', roles.join('\n'));
put(
  'servers/nats.conf',
  `port: 4222\nhttp_port: 8222\nping_interval: "5s"\nping_max: 2\njetstream { store_dir: /data }\n` +
    `${brokerPasswords.join('\n')}\n${readFileSync(usersFile, 'utf8')}`,
);

/** A database that belongs to one service and lets in nobody else; may be run again. */
function role(name, own) {
  const owner = `cpo_${name}`;
  const absent = (table, column) => `where not exists (select from ${table} where ${column} = '${owner}') \\gexec`;
  const callers = `${owner}_callers`;
  return `select 'create role ${owner} login' ${absent('pg_roles', 'rolname')}
select 'create role ${callers}' where not exists (select from pg_roles where rolname = '${callers}') \\gexec
grant ${callers} to ${owner};
alter role ${owner} password '${own}';
select 'create database ${owner} owner ${owner}' ${absent('pg_database', 'datname')}
revoke connect on database ${owner} from public;
\\connect ${owner}
create extension if not exists pg_trgm;
create extension if not exists btree_gist;
\\connect postgres
`;
}
