import { performance } from 'node:perf_hooks';

const INTERVAL_MS = 1000;
/** Part of an interval for which a quiet process is busy, at most. */
const QUIET = 0.1;

let scheduled = false;

/**
 * Collects once what the start has left behind, in the first second in which the process has little to do: a third of its
 * memory, which V8 would keep for as long as nothing is allocated. It takes some 100 ms. Services of one process share it.
 * Without `--expose-gc` nothing is done.
 */
export function compactOnceQuiet(collect = globalThis.gc): void {
  if (scheduled || !collect) return;
  scheduled = true;
  let before = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    if (utilization > QUIET) return;
    clearInterval(timer);
    // The flavor that also shrinks the space of new objects.
    void collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  }, INTERVAL_MS).unref();
}
