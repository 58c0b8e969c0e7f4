import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StackError } from './terminal';

/** Whether nobody listens on the port of the address. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Below the ports that operating systems give to outgoing connections, which could take a chosen one before its server. */
const [LOWEST, HIGHEST] = [20_000, 32_000];
const TRIES = 1000;

/** A free port, chosen at random so that programs that choose at once seldom meet. */
export async function anyFree(host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree(port, host)) return port;
  }
  throw new StackError(`No port between ${LOWEST} and ${HIGHEST} is free.`);
}

/**
 * Ports by name: the remembered one where it still is free, so that a second start has the addresses of the first;
 * else a new one.
 */
export async function choosePorts<Name extends string>(
  names: readonly Name[],
  remembered: Partial<Record<string, number>> = {},
): Promise<Record<Name, number>> {
  const chosen: Partial<Record<Name, number>> = {};
  const taken = new Set<number>();
  for (const name of names) {
    let port = remembered[name];
    while (port === undefined || taken.has(port) || !(await isFree(port))) {
      port = await anyFree();
    }
    taken.add(port);
    chosen[name] = port;
  }
  return chosen as Record<Name, number>;
}
