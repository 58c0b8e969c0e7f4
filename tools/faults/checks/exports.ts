import { type Client, json } from '../load/client';
import type { Journal } from '../journal/journal';

/** Asks for a file, to be had later. */
export async function askForExport(client: Client, journal: Journal, what = 'charge-points'): Promise<void> {
  const headers = { prefer: 'respond-async' };
  const answer = await client.ask(`/api/${what}/export`, { headers });
  const location = answer.headers.get('location');
  if (answer.status === 202 && location) journal.begin('export', location).acknowledged = true;
}

/** Every accepted export is a whole workbook. */
export async function exportsWhole(client: Client, journal: Journal, since: number): Promise<string[]> {
  const problems: string[] = [];
  for (const { mark } of journal.of('export').slice(since)) {
    const state = json<{ results?: { status?: string } }>(await client.ask(mark))?.results?.status;
    const { status, headers, body } = await client.ask(`${mark}/file`);
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
