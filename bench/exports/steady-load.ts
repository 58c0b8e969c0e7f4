import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from './client';

/** What people who look at their power centers and orders ask for, over and over. */
const PATHS = [
  '/api/orders?itemsPerPage=15',
  '/api/charge-points',
  '/api/user',
  '/api/orders?itemsPerPage=15&page=2',
  '/api/charge-point-groups',
] as const;
/** A second. */
const RATE = 25;

/** Asks steadily, whether the earlier ones were answered or not, until told to stop; answers milliseconds. */
export async function steadyLoad(client: Client, stop: AbortSignal): Promise<number[]> {
  const took: Promise<number>[] = [];
  const begun = performance.now();
  for (let n = 0; !stop.aborted; n += 1) {
    const due = begun + (n * 1000) / RATE;
    await pause(Math.max(0, due - performance.now()));
    const asked = one(client, PATHS[n % PATHS.length] ?? PATHS[0], due);
    // Waited for below; until then its failure is nobody's unhandled one.
    asked.catch(() => undefined);
    took.push(asked);
  }
  return Promise.all(took);
}

/** A request that left late because the one before it took long has waited as well; a refused one waits for ever. */
async function one(client: Client, path: string, due: number): Promise<number> {
  const { status } = await client.ask(path);
  return status === 200 ? performance.now() - due : Infinity;
}

/** The same, while some work is done. */
export async function loadDuring<T>(client: Client, work: () => Promise<T>): Promise<{ took: number[]; result: T }> {
  const end = new AbortController();
  const load = steadyLoad(client, end.signal);
  try {
    const result = await work();
    end.abort();
    return { took: await load, result };
  } finally {
    end.abort();
    await load.catch(() => undefined);
  }
}
