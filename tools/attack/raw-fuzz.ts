import * as fc from 'fast-check';
import { leaksOf } from './verdict/leaks';
import type { Tally } from './report/tally';
import { knownRawRequests, type RawRequest, rawRequests, SMUGGLED } from './requests/raw-requests';
import { concurrently } from '../stack/concurrently';
import { type RawAnswer, sendRaw } from './sending/raw';

const CONCURRENCY = 16;
const REFUSED = /"success":0|"error":|^\s*$/;

/** Sends what only hand-made clients send; a request inside of another's body must not be executed by itself. */
export async function rawFuzz(url: string, requests: number, seed: number, tally: Tally): Promise<void> {
  const chosen = fc.sample(rawRequests, { numRuns: Math.max(0, requests - knownRawRequests.length), seed });
  await concurrently(CONCURRENCY, [...knownRawRequests, ...chosen], (next) => sendOne(url, next, seed, tally));
}

async function sendOne(url: string, request: RawRequest, seed: number, tally: Tally): Promise<void> {
  const answer = await sendRaw(url, Buffer.from(request.bytes, 'latin1'));
  tally.counted('raw bytes', answer.statuses[0] ?? 0);
  for (const fault of faultsOf(request, answer)) {
    const text = `${answer.statuses.join(' ')} ${answer.text.slice(0, 300)}`;
    tally.found({ operation: request.what, fault, request: request.bytes.slice(0, 300), answer: text, seed });
  }
}

export function faultsOf({ bytes, what }: RawRequest, { statuses, text, hung }: RawAnswer): string[] {
  const faults: string[] = [];
  if (hung) faults.push('hang');
  if (statuses.some((status) => status >= 500)) faults.push(`status ${statuses.join(' ')}`);
  const [first = 0] = statuses;
  const refused = first >= 400;
  // Behind a message whose end is in doubt nothing may be read as a message of its own.
  if (!/one byte off/.test(what) && bytes.includes(SMUGGLED) && refused && first === 400 && statuses.length > 1) {
    faults.push('goes on after a message whose end is in doubt');
  }
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  if (refused && !REFUSED.test(body)) faults.push('not the shape of a refusal');
  const leaks = refused ? leaksOf(body, bytes) : [];
  faults.push(...leaks.map((leak) => `reveals ${leak}`));
  return faults;
}
