import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readJson } from './files';
import { isRunning, markOf, pause, type ProcessMark } from './processes';

/** The process that holds the lock file, when it still runs. */
export function holder(file: string): ProcessMark | undefined {
  const mark = readJson<ProcessMark>(file);
  return mark && isRunning(mark) ? mark : undefined;
}

/** Takes the lock for this process; answers the holder when another one has it. */
export function takeLock(file: string): ProcessMark | undefined {
  mkdirSync(dirname(file), { recursive: true });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      writeFileSync(file, JSON.stringify(markOf(process.pid)), { flag: 'wx' });
      return undefined;
    } catch {
      const other = holder(file);
      if (other) {
        return other;
      }
      // Its process is gone (a crash, a power cut): the file is a leftover.
      rmSync(file, { force: true });
    }
  }
  return holder(file);
}

/** Gives the lock back, if this process has it. */
export function releaseLock(file: string): void {
  if (holder(file)?.pid === process.pid) {
    rmSync(file, { force: true });
  }
}

/** Does the work alone; whoever else wants to waits. */
export async function alone<T>(file: string, work: () => Promise<T>): Promise<T> {
  while (takeLock(file)) {
    await pause(200);
  }
  try {
    return await work();
  } finally {
    releaseLock(file);
  }
}
