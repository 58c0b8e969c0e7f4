import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PLATFORM } from '../broker/users';
import type { Program } from './binaries';
import { type NatsAccount, natsConfig } from './nats-config';
import { exchange, type ServerPlan } from './running-server';
import { giveTo, type ServerUser } from './server-user';

export interface NatsOptions {
  readonly program: Program;
  readonly folder: string;
  readonly user: ServerUser | undefined;
  readonly port: number;
  readonly accounts: readonly NatsAccount[];
  readonly anonymous?: string;
}

/** Writes the broker's configuration and says how to run it. */
export function planNats(options: NatsOptions): ServerPlan {
  const file = join(options.folder, 'nats.conf');
  const storeFolder = join(options.folder, 'jetstream');
  mkdirSync(storeFolder, { recursive: true });
  adoptStreams(join(storeFolder, 'jetstream'));
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

/** Whether a broker of ours keeps streams in its folder. */
export const keepsStreams = (folder: string): boolean =>
  existsSync(join(folder, 'jetstream', 'jetstream', PLATFORM, 'streams'));

/** Streams of a broker that had no accounts yet are those of the platform. */
export function adoptStreams(folder: string): void {
  const [before, now] = [join(folder, '$G'), join(folder, PLATFORM)];
  if (existsSync(before) && !existsSync(now)) renameSync(before, now);
}
