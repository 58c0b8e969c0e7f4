import { writeFileSync } from 'node:fs';

/** Rounds of collection: what one round frees may hold on to more. */
const ROUNDS = 3;

/**
 * Loaded into every process before its own code (with --expose-gc): on SIGUSR2 it collects garbage and writes how much
 * memory is left to the file that ATTACK_MEMORY names.
 */
process.on('SIGUSR2', () => {
  void (async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      globalThis.gc?.();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
    writeFileSync(process.env.ATTACK_MEMORY ?? '', JSON.stringify({ rss, heapUsed, external, arrayBuffers }));
  })();
});
