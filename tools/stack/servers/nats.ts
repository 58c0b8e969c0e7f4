import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from './binaries';
import { natsConfig, type NatsUser } from './nats-config';
import { exchange, type ServerPlan } from './running-server';
import { giveTo, type ServerUser } from './server-user';

export interface NatsOptions {
  readonly program: Program;
  readonly folder: string;
  readonly user: ServerUser | undefined;
  readonly port: number;
  readonly users: readonly NatsUser[];
  readonly anonymous?: string;
}

/** Writes the broker's configuration and says how to run it. */
export function planNats(options: NatsOptions): ServerPlan {
  const file = join(options.folder, 'nats.conf');
  const storeFolder = join(options.folder, 'jetstream');
  mkdirSync(storeFolder, { recursive: true });
  writeFileSync(file, natsConfig({ ...options, storeFolder }), { mode: 0o600 });
  giveTo(options.user, options.folder);
  return {
    name: 'NATS',
    program: options.program,
    args: ['--config', file],
    user: options.user,
    logFile: join(options.folder, 'nats.log'),
    stopSignal: 'SIGTERM',
    answers: () => exchange(options.port, '', /^INFO /),
  };
}
