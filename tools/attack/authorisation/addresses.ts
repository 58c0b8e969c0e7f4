import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Operation, Schema } from '../document/operations';
import type { Tally } from '../report/tally';
import type { Client } from '../sending/client';
import { type Means, resolved } from '../sending/target';

/** Ways to write an address inside of the platform's own network. */
const inside = (port: number): string[] => [
  `http://127.0.0.1:${port}/`,
  `http://localhost:${port}/`,
  `http://127.1:${port}/`,
  `http://2130706433:${port}/`,
  `http://0x7f000001:${port}/`,
  `http://0177.0.0.1:${port}/`,
  `http://[::1]:${port}/`,
  `http://[::ffff:127.0.0.1]:${port}/`,
  `http://0.0.0.0:${port}/`,
  `http://user@127.0.0.1:${port}/`,
  `http://127.0.0.1.:${port}/`,
  'http://169.254.169.254/latest/meta-data/',
  'http://[fe80::1]/',
  'http://10.0.0.1/',
  'file:///etc/passwd',
  `gopher://127.0.0.1:${port}/_x`,
];
const IS_ADDRESS = /url|uri|link|endpoint|callback/i;
/** Milliseconds for calls that are made beside the answer. */
const AFTERTHOUGHT = 2000;

/** Writes an address of ours into every text that a user can set, and looks whether anybody calls it. */
export async function attackAddresses(operations: readonly Operation[], client: Client, means: Means, tally: Tally) {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const addresses = inside((server.address() as AddressInfo).port);
  const accepted: string[] = [];
  let sent = 0;
  for (const operation of operations.filter(({ body }) => body)) {
    for (const [name, address] of pairsOf(operation, addresses)) {
      const status = await write(operation, { [name]: address }, client, means);
      tally.counted('addresses', status);
      sent += 1;
      if (IS_ADDRESS.test(name) && status < 300) accepted.push(`${operation.id}: ${address}`);
    }
  }
  await new Promise((resolve) => setTimeout(resolve, AFTERTHOUGHT));
  server.close();
  const figures = `${sent} written, ${calls} called${accepted.length > 0 ? `; taken: ${accepted.join(', ')}` : ''}`;
  tally.checked('addresses that a user sets are not called', calls === 0 && accepted.length === 0, figures);
}

/** Fields that are meant for addresses get all of them, the others one. */
const pairsOf = (operation: Operation, addresses: readonly string[]): [string, string][] =>
  textsOf(operation).flatMap((name) =>
    (IS_ADDRESS.test(name) ? addresses : addresses.slice(0, 1)).map((address): [string, string] => [name, address]),
  );

async function write(operation: Operation, fields: object, client: Client, means: Means): Promise<number> {
  const inPath = operation.parameters.filter((one) => one.in === 'path');
  const params = Object.fromEntries(inPath.map(({ name }) => [name, '@own']));
  const body = JSON.stringify({ ...operation.body?.example, ...fields });
  const headers = { 'content-type': 'application/json' };
  const request = { kind: 'as documented' as const, who: 'owner' as const, params, query: '', headers, body };
  const { status } = await client.sendPatiently(await resolved(operation, request, means));
  if (status === 401) means.people.renew('owner');
  return status;
}

const textsOf = ({ body }: Operation): string[] =>
  Object.entries((body?.schema.properties ?? {}) as Record<string, Schema>)
    .filter(([, { type, enum: choices }]) => type === 'string' && !choices)
    .map(([name]) => name);
