import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { cpuOf } from '../../tools/stack/cpu';
import { basics, replaceEnvironment } from '../../tools/stack/environment';
import { places } from '../../tools/stack/places';
import { anyFree } from '../../tools/stack/ports';
import { pause } from '../../tools/stack/processes';
import { DevelopmentStack } from '../../tools/stack/start/development-stack';
import { say } from '../../tools/stack/terminal';
import { pssOf } from './memory';
import { type Started, startReport } from './report';

interface Start {
  readonly name: string;
  readonly shared: boolean;
}

const STARTS: readonly Start[] = [
  { name: 'first, with nothing there', shared: false },
  { name: 'second', shared: false },
  { name: 'second, with --together', shared: true },
];

/**
 * Starts what `npm start` does, on data of its own: the first time, and again. Of the second starts also the memory, after some
 * seconds without any request. What `npm start` does before, when there is nothing to build, is in each figure.
 */
export async function startBench(checkout: string, idleSeconds: number): Promise<string> {
  // Tools are given the addresses of the stack that runs, or ran last; this one has servers of its own.
  replaceEnvironment(basics());
  const home = places(checkout, join('bench', `start-${process.pid}`));
  const started: Started[] = [];
  try {
    for (const start of STARTS) started.push(await measured(checkout, home, start, idleSeconds));
  } finally {
    rmSync(home.servers, { recursive: true, force: true });
    rmSync(home.home, { recursive: true, force: true });
  }
  return startReport(started);
}

async function measured(
  checkout: string,
  home: ReturnType<typeof places>,
  { name, shared }: Start,
  idleSeconds: number,
): Promise<Started> {
  say(`\n${name}`);
  const cpuBefore = cpuOf([process.pid]);
  const before = seconds(() => spawnSync(process.execPath, ['tools/run.mjs', 'build'], { cwd: checkout }));
  const stack = new DevelopmentStack(home, { except: [], fresh: false, shared }, await anyFree());
  const began = performance.now();
  try {
    await stack.start();
    const ready = before + (performance.now() - began) / 1000;
    const cpuSeconds = (cpuOf([process.pid]) - cpuBefore) / 1000;
    // The history of a first start is no part of it, and has to be there before a second one.
    await stack.complete();
    if (name === STARTS[0]?.name) return { name, seconds: ready, cpuSeconds, memory: {} };
    await pause(1000 * idleSeconds);
    const memory = Object.entries(stack.processes).map(([app, pid]): [string, number] => [app, pssOf(pid)]);
    return { name, seconds: ready, cpuSeconds, memory: Object.fromEntries(memory) };
  } finally {
    await stack.stop();
  }
}

function seconds(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}
