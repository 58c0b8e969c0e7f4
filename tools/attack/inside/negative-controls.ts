import { lookup } from 'node:dns';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { isTarget } from '@open-cpo/platform';
// eslint-disable-next-line @nx/enforce-module-boundaries -- what calls webhooks, beside what would do it carelessly
import { sendMessage } from '../../../apps/worker/src/webhooks/sending';
import type { Tally } from '../report/tally';
import { CANARY_PORT } from './addresses';
import type { Canary } from './canary';
import { resolveAttackNames } from './names';

const HERE = `http://127.0.0.1:${CANARY_PORT}/`;
const REDIRECTS = [301, 302, 303, 307, 308];
const TIMEOUT_MS = 3000;

const send = (url: string, local: boolean) =>
  sendMessage({ url, headers: {}, body: '{}' }, { local, patience: TIMEOUT_MS });

/**
 * Shows that the canary would have been heard: by what calls webhooks where it is allowed to call this machine, and by
 * careless twins of it, one of which follows redirects and one of which resolves a name twice.
 */
export async function proveDetection(canary: Canary, tally: Tally): Promise<void> {
  const allowed = await canary.during(() => send(HERE, true));
  tally.checked('an address inside is called where that is allowed', allowed > 0, `${allowed} calls`);
  await redirects(canary, tally);
  await rebinding(canary, tally);
}

async function redirects(canary: Canary, tally: Tally): Promise<void> {
  const server = await redirecting();
  const from = (status: number) => `http://127.0.0.1:${portOf(server)}/${status}`;
  const followed = await canary.during(() => eachOf(REDIRECTS, (status) => send(from(status), true)));
  const unprotected = await canary.during(() =>
    eachOf(REDIRECTS, (status) => fetch(from(status)).catch(() => undefined)),
  );
  server.close();
  const figures = `${REDIRECTS.length} redirects, ${followed} followed; a twin that follows them: ${unprotected}`;
  tally.checked('redirects to an address inside are not followed', followed === 0 && unprotected > 0, figures);
}

async function rebinding(canary: Canary, tally: Tally): Promise<void> {
  const undo = resolveAttackNames();
  const names = ['rebinding', 'rebinding-late'].map((name) => `${name}.attack.test`);
  const calls = await canary.during(() => eachOf([...names, ...names], (name) => send(`https://${name}:8443/`, false)));
  undo();
  const again = resolveAttackNames();
  const unprotected = await canary.during(() => judgedThenResolvedAgain('rebinding.attack.test'));
  again();
  const figures = `${calls} called; a twin that resolves twice: ${unprotected}`;
  tally.checked('a name that changes its mind leads nowhere inside', calls === 0 && unprotected > 0, figures);
}

/** As so many have done it: judge what the name resolves to, then connect to the name. */
async function judgedThenResolvedAgain(name: string): Promise<void> {
  const address = await new Promise<string>((resolve) => lookup(name, (_error, found) => resolve(found)));
  if (!isTarget(address, false)) return;
  const socket = connect({ port: CANARY_PORT, host: name, lookup });
  await new Promise((resolve) => socket.once('close', resolve).on('error', () => undefined));
}

async function redirecting(): Promise<Server> {
  const server = createServer((request, response) => {
    response.writeHead(Number(request.url?.slice(1)), { location: HERE, connection: 'close' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const portOf = (server: Server): number => (server.address() as { port: number }).port;

async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  for (const one of all) await work(one);
}
