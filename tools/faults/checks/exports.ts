import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../journal/journal';
import { type Client, json } from '../load/client';
import type { Outcome } from '../load/tally';
import { retryDelayMs } from '../load/writes';

/** Times that a file is asked for which is told to be there later. */
const TRIES = 4;

/** Asks for a file, to be had later. */
export async function askForExport(client: Client, journal: Journal, what = 'charge-points'): Promise<void> {
  const headers = { prefer: 'respond-async' };
  const answer = await client.ask(`/api/${what}/export`, { headers });
  const location = answer.headers.get('location');
  if (answer.status === 202 && location) journal.begin('export', location).acknowledged = true;
}

/** As clients are told to: what is asked for too early is asked for again. Whether it came early enough is not looked at here. */
async function insisted(client: Client, path: string): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await client.ask(path);
    if (outcome.ending !== 'unavailable' || tries === TRIES) return outcome;
    await pause(retryDelayMs(outcome));
  }
}

/** Every accepted export is a whole workbook. */
export async function exportsWhole(client: Client, journal: Journal, since: number): Promise<string[]> {
  const problems: string[] = [];
  for (const { mark } of journal.of('export').slice(since)) {
    const state = json<{ results?: { status?: string } }>(await insisted(client, mark))?.results?.status;
    const { status, headers, body } = await insisted(client, `${mark}/file`);
    const whole = body.length === Number(headers.get('content-length')) && isWorkbook(body);
    if (state !== 'finished' || status !== 200 || !whole) {
      problems.push(`${mark} is ${state ?? 'unknown'}; its file: ${status}, ${body.length} bytes`);
    }
  }
  return problems;
}

/** A zip from its first entry to the end of its directory. */
const isWorkbook = (bytes: Buffer): boolean =>
  bytes.subarray(0, 2).toString() === 'PK' && bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6])) > 0;
