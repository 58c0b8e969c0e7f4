import { setTimeout as pause } from 'node:timers/promises';
import type { Operation, Schema } from '../document/operations';
import type { Tally } from '../report/tally';
import { concurrently } from '../../stack/concurrently';
import type { Client } from '../sending/client';
import { type Means, resolved } from '../sending/target';
import { CANARY_PORT } from './addresses';
import type { Canary } from './canary';

/** What a server calls that follows addresses wherever it finds them. */
const ADDRESSES = [
  `http://127.0.0.1:${CANARY_PORT}/`,
  `https://localhost:${CANARY_PORT}/image.png`,
  `//127.0.0.1:${CANARY_PORT}/`,
  `<img src="http://127.0.0.1:${CANARY_PORT}/">`,
];
const CONCURRENCY = 8;
/** Milliseconds for calls that are made beside the answer. */
const AFTERTHOUGHT = 1500;

/** Writes an address of ours into every text that a user can set, and looks whether anybody calls it. */
export async function attackTexts(
  operations: readonly Operation[],
  client: Client,
  means: Means,
  canary: Canary,
  tally: Tally,
): Promise<void> {
  let sent = 0;
  const before = canary.calls;
  const writes = operations.filter(({ body }) => body);
  await concurrently(CONCURRENCY, writes, async (operation) => {
    for (const name of textsOf(operation)) {
      for (const address of ADDRESSES) {
        tally.counted('addresses', await write(operation, { [name]: address }, client, means));
        sent += 1;
      }
    }
  });
  await pause(AFTERTHOUGHT);
  const calls = canary.calls - before;
  tally.checked('addresses in texts that a user sets are not called', calls === 0, `${sent} written, ${calls} called`);
}

async function write(operation: Operation, fields: object, client: Client, means: Means): Promise<number> {
  const inPath = operation.parameters.filter((one) => one.in === 'path');
  const params = Object.fromEntries(inPath.map(({ name }) => [name, '@own']));
  const body = JSON.stringify({ ...operation.body?.example, ...fields });
  const headers = { 'content-type': 'application/json' };
  const request = { kind: 'as documented' as const, who: 'owner' as const, params, query: '', headers, body };
  const { status } = await client.sendWithRetries(await resolved(operation, request, means));
  if (status === 401) means.people.renew('owner');
  return status;
}

const textsOf = ({ body }: Operation): string[] =>
  Object.entries((body?.schema.properties ?? {}) as Record<string, Schema>)
    .filter(([, { type, enum: choices }]) => type === 'string' && !choices)
    .map(([name]) => name);
