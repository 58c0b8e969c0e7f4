// Makes the passwords of a compose system once, into a volume that only its containers see.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const root = process.argv[2] ?? '/secrets';
const databases = (process.env.DATABASES ?? '').split(' ').filter(Boolean);
const clients = (process.env.CLIENTS ?? '').split(' ').filter(Boolean);

const put = (name, text) => writeFileSync(`${root}/${name}`, text, { mode: 0o644 });
const password = () => randomBytes(24).toString('hex');

if (existsSync(`${root}/done`)) process.exit(0);

put('postgres-password', password());
const redis = password();
put('redis.conf', `requirepass ${redis}\nappendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\n`);

const users = [];
const roles = [];
for (const name of [...databases, ...clients]) {
  mkdirSync(`${root}/${name}`, { recursive: true });
  const broker = password();
  put(`${name}/nats-password`, broker);
  put(`${name}/redis-url`, `redis://:${redis}@redis:6379`);
  put(`${name}/secrets-key`, randomBytes(32).toString('base64'));
  users.push(`    { user: "${name}", password: "${broker}" }`);
  if (!databases.includes(name)) continue;
  const own = password();
  put(`${name}/database-url`, `postgres://cpo_${name}:${own}@postgres:5432/cpo_${name}`);
  roles.push(
    `create role cpo_${name} login password '${own}';`,
    `create database cpo_${name} owner cpo_${name};`,
    `revoke connect on database cpo_${name} from public;`,
    `\\connect cpo_${name}`,
    'create extension if not exists pg_trgm;',
    'create extension if not exists btree_gist;',
    '\\connect postgres',
  );
}
put('databases.sql', `${roles.join('\n')}\n`);
put(
  'nats.conf',
  `port: 4222\nhttp_port: 8222\nping_interval: "5s"\nping_max: 2\njetstream { store_dir: /data }\nauthorization {\n  users: [\n${users.join('\n')}\n  ]\n}\n`,
);
put('done', '');
