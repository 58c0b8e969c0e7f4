import { replaceEnvironment } from '../environment';
import { pause } from '../processes';
import { answersOk } from '../supervisor/probe';
import { type Part, SHARED_PROCESS, TOGETHER } from './parts';

const POLL_MS = 10;
const PROBE_MS = 1000;

/**
 * Several apps in one process, one after the other: each keeps the process busy while it starts, and the connections of others
 * would not be ready in time. Each reads its settings while it is loaded, and never afterwards.
 */
async function run(parts: readonly Part[]): Promise<void> {
  for (const { script, env, healthUrl } of parts) {
    replaceEnvironment({ ...env, [SHARED_PROCESS]: 'true' });
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- its path is known when it runs, and CommonJS loads it in time
    require(script);
    while (healthUrl !== undefined && !(await answersOk(`${healthUrl}/health/live`, PROBE_MS))) await pause(POLL_MS);
  }
}

void run(JSON.parse(process.env[TOGETHER] ?? '[]') as Part[]);
