import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pause, signal } from '../../stack/processes';
import type { RunningProcess } from '../../stack/start/test-environment';

/** Bytes of a process after collection. */
export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}

/** Where a process writes its memory, see `collect.ts`. */
export const memoryFile = (folder: string, name: string): string => join(folder, `memory-${name}.json`);

/** Looks, and milliseconds between them: what is free goes back to the system when a process has been idle. */
const LOOKS = 4;
const BETWEEN = 4000;

/** Has every process collect its garbage, some times; answers what each holds at least. */
export async function settled(folder: string, processes: readonly RunningProcess[]): Promise<Map<string, Memory>> {
  const least = await collected(folder, processes);
  for (let look = 1; look < LOOKS; look += 1) {
    await pause(BETWEEN);
    for (const [name, memory] of await collected(folder, processes)) {
      if (memory.rss < (least.get(name)?.rss ?? Infinity)) least.set(name, memory);
    }
  }
  return least;
}

/** Has every process collect its garbage and answers what it still holds. */
async function collected(folder: string, processes: readonly RunningProcess[]): Promise<Map<string, Memory>> {
  const entries = processes.map(async ({ name, mark }): Promise<[string, Memory]> => {
    const file = memoryFile(folder, name);
    rmSync(file, { force: true });
    signal(mark, 'SIGUSR2');
    return [name, await written(file)];
  });
  return new Map(await Promise.all(entries));
}

async function written(file: string): Promise<Memory> {
  for (let tries = 0; tries < 600; tries += 1) {
    await pause(50);
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as Memory;
    } catch {
      // Not there yet, or half of it.
    }
  }
  throw new Error(`${file} was never written: the process does not collect.`);
}
