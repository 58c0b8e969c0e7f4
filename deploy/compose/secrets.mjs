// Makes the passwords and keys of a compose system, each once, into volumes that only the containers see which need
// them. It runs at every start: an app that is new gets its own, and the broker learns what every app may do.
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { accountLine, backEndNames } from './back-ends.mjs';
import { makeCallKeys } from './call-keys.mjs';
import { signingKeys } from './signing-keys.mjs';

const root = process.argv[2] ?? '/secrets';
const usersFile = process.argv[3] ?? '/nats/users.conf';
const redisUsersFile = process.argv[4] ?? new URL('../redis/users.acl', import.meta.url);
const list = (name) => (process.env[name] ?? '').split(' ').filter(Boolean);
const databases = list('DATABASES');
/** Charging back ends and the setup of the broker call no service. */
const calls = (name) => !['charging', 'setup'].includes(name);

/** Who reads a folder: the user in the image of its server, or of the apps. */
const READERS = { servers: 0, postgres: 999, redis: 999, nats: 1000 };
const APP = 10001;
const asRoot = process.getuid?.() === 0;

/** Its one reader can read a file, and nobody writes it: it is put in place of the one before. */
const put = (name, text) => {
  const file = `${root}/${name}`;
  writeFileSync(`${file}.new`, text, { mode: 0o400 });
  give(`${file}.new`, name);
  renameSync(`${file}.new`, file);
};
const give = (path, name) => {
  const reader = READERS[name.split('/')[0]] ?? APP;
  if (asRoot) chownSync(path, reader, reader);
};
/** A volume for one reader. What an earlier version left there with other rights gets these. */
const folder = (name) => {
  mkdirSync(`${root}/${name}`, { recursive: true });
  chmodSync(`${root}/${name}`, 0o700);
  give(`${root}/${name}`, name);
  for (const file of readdirSync(`${root}/${name}`)) {
    chmodSync(`${root}/${name}/${file}`, 0o400);
    give(`${root}/${name}/${file}`, name);
  }
};
/** What the file holds; made when it is not there yet. */
const keep = (name, make) => {
  if (!existsSync(`${root}/${name}`)) put(name, make());
  return readFileSync(`${root}/${name}`, 'utf8');
};
const password = () => randomBytes(24).toString('hex');

// The folder "servers" is seen by this process alone; each server sees a folder of its own.
['servers', 'postgres', 'redis', 'nats'].forEach(folder);
put('postgres/postgres-password', keep('servers/postgres-password', password));
const redisPassword = (user) => keep(`servers/redis-${user}`, password);
const hash = (text) => createHash('sha256').update(text).digest('hex');
const redisUsers = readFileSync(redisUsersFile, 'utf8').replace(/\{(\w+)\}/g, (_, user) => hash(redisPassword(user)));
put('redis/users.acl', redisUsers);
put('redis/admin-password', redisPassword('admin'));
put(
  'redis/redis.conf',
  'aclfile /secrets/users.acl\nappendonly yes\nappendfsync everysec\nmaxmemory 640mb\nmaxmemory-policy noeviction\n',
);

// The broker's data of a version in which it ran as root.
const brokerData = process.env.NATS_DATA;
if (asRoot && brokerData && existsSync(brokerData) && statSync(brokerData).uid !== READERS.nats) {
  const inside = readdirSync(brokerData, { recursive: true }).map((name) => `${brokerData}/${name}`);
  // The folder itself last: after a stop half-way all is done again.
  for (const path of [...inside, brokerData]) chownSync(path, READERS.nats, READERS.nats);
}

const brokerPasswords = [];
const roles = [];
for (const name of [...databases, ...list('CLIENTS')]) {
  folder(name);
  brokerPasswords.push(`${name.toUpperCase()}_NATS_PASSWORD: "${keep(`${name}/nats-password`, password)}"`);
  if (redisUsers.includes(`user ${name} `))
    put(`${name}/redis-url`, `redis://${name}:${redisPassword(name)}@redis:6379`);
  if (name === 'auth') keep('auth/signing-keys', signingKeys);
  if (['auth', 'payouts', 'notifications'].includes(name))
    keep(`${name}/secrets-key`, () => randomBytes(32).toString('base64'));
  if (!databases.includes(name)) continue;
  const url = keep(`${name}/database-url`, () => `postgres://cpo_${name}:${password()}@postgres:5432/cpo_${name}`);
  folder(`${name}-owner`);
  const ownerUrl = () => `postgres://cpo_${name}_owner:${password()}@postgres:5432/cpo_${name}`;
  const owner = keep(`${name}-owner/database-url`, ownerUrl);
  roles.push(role(name, new URL(url).password, new URL(owner).password));
}
folder('back-ends');
const backEnds = backEndNames(process.env.BACK_ENDS).map((name) =>
  accountLine(name, keep(`back-ends/${name}`, password)),
);
makeCallKeys(root, { services: databases, callers: [...databases, ...list('CLIENTS').filter(calls)], put });
put('postgres/databases.sql', ['revoke all on database postgres, template1 from public;', ...roles].join('\n'));
put(
  'nats/nats.conf',
  `port: 4222\nhttp_port: 8222\nping_interval: "5s"\nping_max: 2\njetstream { store_dir: /data }\n` +
    `${brokerPasswords.join('\n')}\n${withBackEnds(readFileSync(usersFile, 'utf8'))}`,
);

/** The accounts of back ends stand beside those of the apps. */
function withBackEnds(users) {
  return users.replace(/\n}\s*$/, `\n${[...backEnds, '}'].join('\n')}\n`);
}

/**
 * A database for one service, which lets no other service in. Its tables belong to the owner's role, which migrations alone
 * use; the service has rights on rows. May be run again.
 */
function role(name, own, owners) {
  const runtime = `cpo_${name}`;
  const [owner, callers] = [`${runtime}_owner`, `${runtime}_callers`];
  const made = (one) =>
    `select 'create role ${one}' where not exists (select from pg_roles where rolname = '${one}') \\gexec`;
  return `${[runtime, owner, callers].map(made).join('\n')}
alter role ${runtime} login nosuperuser bypassrls password '${own}';
alter role ${owner} login nosuperuser nobypassrls password '${owners}';
grant ${callers} to ${runtime};
grant ${runtime} to ${owner};
select 'create database ${runtime} owner ${owner}' where not exists (select from pg_database where datname = '${runtime}') \\gexec
alter database ${runtime} owner to ${owner};
revoke all on database ${runtime} from public;
grant connect on database ${runtime} to ${runtime};
\\connect ${runtime}
create extension if not exists pg_trgm;
create extension if not exists btree_gist;
\\connect postgres
`;
}
