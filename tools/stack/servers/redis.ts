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
  readonly password: string;
}

/** The address of a private Redis. */
export function redisUrl(port: number, password: string): string {
  return `redis://:${password}@127.0.0.1:${port}`;
}

/** Writes the configuration and says how to run it. */
export function planRedis(options: RedisOptions): ServerPlan {
  const { folder, port, password } = options;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'redis.conf');
  writeFileSync(file, redisConfig(folder, port, password), { mode: 0o600 });
  giveTo(options.user, folder);
  return {
    name: 'Redis',
    program: options.program,
    args: [file],
    user: options.user,
    logFile: join(folder, 'redis.log'),
    stopSignal: 'SIGTERM',
    answers: () => exchange(port, `AUTH ${password}\r\nPING\r\n`, /\+PONG/),
  };
}

/** The queue must survive a restart and must never drop a job for want of memory: append-only file, no eviction. */
export function redisConfig(folder: string, port: number, password: string): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'daemonize no',
    '',
  ].join('\n');
}
