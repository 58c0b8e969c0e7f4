import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { ended, signal } from '../../stack/processes';
import type { Program } from '../../stack/servers/binaries';
import { planRedis } from '../../stack/servers/redis';
import { RunningServer } from '../../stack/servers/running-server';
import type { ServerUser } from '../../stack/servers/server-user';
import { Journal, onceEach } from '../journal/journal';

export interface RedisTwin {
  readonly program: Program;
  readonly user: ServerUser | undefined;
  readonly folder: string;
  readonly port: number;
}

const PASSWORD = 'control';
const JOBS = 500;

/** Jobs that Redis took, and then it dies. */
export async function aofOff({ program, user, folder, port }: RedisTwin, safe: boolean): Promise<string[]> {
  const mine = join(folder, safe ? 'safe' : 'unsafe');
  mkdirSync(mine, { recursive: true, mode: 0o755 });
  const plan = planRedis({ program, user, folder: mine, port, password: PASSWORD });
  const file = join(mine, 'redis.conf');
  if (!safe) writeFileSync(file, readFileSync(file, 'utf8').replace('appendonly yes', 'appendonly no'));
  const server = new RunningServer(plan);
  await server.start();
  try {
    const journal = await fill(port);
    const { mark } = server;
    if (mark) {
      signal(mark, 'SIGKILL');
      await ended([mark], 5000);
    }
    await server.start();
    return onceEach(journal.of('job'), await found(port));
  } finally {
    await server.stop();
  }
}

function queueAt(port: number): Queue {
  const queue = new Queue('control', { connection: { host: '127.0.0.1', port, password: PASSWORD } });
  return queue.on('error', () => undefined);
}

async function fill(port: number): Promise<Journal> {
  const queue = queueAt(port);
  const journal = new Journal();
  const marks = Array.from({ length: JOBS }, () => randomUUID());
  const add = async (mark: string): Promise<void> => {
    const entry = journal.begin('job', mark);
    entry.tries = 1;
    await queue.add('control', {}, { jobId: mark });
    entry.acknowledged = true;
  };
  await Promise.all(marks.map(add));
  await queue.close();
  return journal;
}

async function found(port: number): Promise<Map<string, number>> {
  const queue = queueAt(port);
  const jobs = await queue.getWaiting();
  await queue.close();
  return new Map(jobs.map(({ id = '' }) => [id, 1]));
}
