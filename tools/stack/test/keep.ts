import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { basics } from '../environment';
import { stopSignal } from '../start/stop-signal';
import { say } from '../terminal';
import { exportLines, TestServers, writeVariables } from './test-servers';

/** Keeps test servers running until it is told to stop, for work on single tests. */
export async function keepTestServers(checkout: string): Promise<void> {
  const servers = await TestServers.prepare(checkout, 'test');
  const stopped = stopSignal();
  const file = join(servers.places.home, 'env');
  try {
    // With PATH, because the machine's own Node may not be the one that everything runs with.
    const variables = { ...(await servers.start()), PATH: basics().PATH ?? '' };
    writeVariables(file, variables);
    say(
      `\n${exportLines(variables)}\nAlso in ${file}: run ". .data/test/env", then "npx jest <path>". Ctrl-C stops them.`,
    );
    await stopped;
  } finally {
    rmSync(file, { force: true });
    await servers.stop();
  }
}
