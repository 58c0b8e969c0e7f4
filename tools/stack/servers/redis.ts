import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './binaries';
import { exchange, type ServerPlan } from './running-server';
import { giveTo, type ServerUser } from './server-user';

export interface RedisOptions {
  readonly program: Program;
  readonly folder: string;
  readonly user: ServerUser | undefined;
  readonly port: number;
  /** Of the user who may do everything. */
  readonly password: string;
  /** Redis' file of users; without it there is one, whom every client is. */
  readonly users?: string;
}

/** The address of a private Redis for the user who may do everything. */
export function redisUrl(port: number, password: string): string {
  return `redis://admin:${password}@127.0.0.1:${port}`;
}

/** The same server for another user. */
export function redisUrlAs(url: string, username: string, password: string): string {
  return Object.assign(new URL(url), { username, password }).href;
}

/** Writes the configuration and says how to run it. */
export function planRedis(options: RedisOptions): ServerPlan {
  const { folder, port, password, users } = options;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'redis.conf');
  const aclFile = join(folder, 'users.acl');
  if (users) writeFileSync(aclFile, users, { mode: 0o600 });
  const access = users ? `aclfile ${JSON.stringify(aclFile)}` : `requirepass ${password}`;
  writeFileSync(file, redisConfig(folder, port, access), { mode: 0o600 });
  giveTo(options.user, folder);
  return {
    name: 'Redis',
    program: options.program,
    args: [file],
    user: options.user,
    logFile: join(folder, 'redis.log'),
    stopSignal: 'SIGTERM',
    answers: () => exchange(port, `AUTH ${users ? 'admin' : 'default'} ${password}\r\nPING\r\n`, /\+PONG/),
  };
}

/** The queue must survive a restart and must never drop a job for want of memory: append-only file, no eviction. */
export function redisConfig(folder: string, port: number, access: string): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    access,
    `dir ${JSON.stringify(folder)}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    '',
  ].join('\n');
}
