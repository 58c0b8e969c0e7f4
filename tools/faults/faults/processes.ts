import { setTimeout as pause } from 'node:timers/promises';
import { isRunning } from '../../stack/processes';
import { second, type FaultEnvironment } from '../environment/fault-environment';
import type { Fault } from './fault';

const SERVICES = ['auth', 'stations', 'workforce', 'orders', 'payouts', 'notifications', 'chargers'];

/** A process that dies, and one that stops where it is. Its supervisor has to notice. */
const hit = (name: string, signal: 'SIGKILL' | 'SIGSTOP', more: Partial<Fault> = {}): Fault => ({
  name: `${signal === 'SIGKILL' ? 'kill -9' : 'freeze'} ${name}`,
  hits: SERVICES.includes(name) ? [name] : [],
  lasts: signal === 'SIGKILL' ? 2000 : 4000,
  skipped: (environment) => (environment.mark(name) || more.pairs ? undefined : 'not part of the platform'),
  begin: (environment) => void environment.hit(name, signal),
  ...more,
});

const both = (name: string, more: Partial<Fault> = {}): Fault[] => [hit(name, 'SIGKILL', more), hit(name, 'SIGSTOP')];

/** Ends every process in good order, one after the other, each when the one before it is back. */
async function rollingRestart(environment: FaultEnvironment): Promise<void> {
  for (const { name } of environment.apps) {
    for (const one of [name, second(name)]) {
      const mark = environment.hit(one, 'SIGTERM');
      if (!mark) continue;
      while (isRunning(mark)) await pause(100);
      do await pause(300);
      while (!environment.mark(one) || !(await environment.allReady()));
    }
  }
}

export const processFaults: readonly Fault[] = [
  ...SERVICES.flatMap((name) => both(name, { short: name === 'orders' })),
  ...both('worker'),
  hit('gateway', 'SIGKILL', { cuts: true }),
  hit('gateway', 'SIGSTOP', { cuts: true, hits: 'all' }),
];

export const pairFaults: readonly Fault[] = [
  ...SERVICES.map((name) =>
    hit(second(name), 'SIGKILL', { name: `kill -9 one of two ${name}`, pairs: true, hits: [name] }),
  ),
  hit(second('worker'), 'SIGKILL', { name: 'kill -9 one of two worker', pairs: true }),
  hit(second('stations'), 'SIGSTOP', { name: 'freeze one of two stations', pairs: true, hits: ['stations'] }),
  { name: 'rolling restart of everything', hits: [], reads: 2, pairs: true, lasts: 0, begin: rollingRestart },
];
