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
/** Ports that this process chose: nothing may listen there yet. */
const chosenBefore = new Set<number>();

/** A free port, chosen at random so that programs that choose at once seldom meet; never the same one twice. */
export async function anyFree(host = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if (chosenBefore.has(port) || !(await isFree(port, host))) continue;
    chosenBefore.add(port);
    return port;
  }
  throw new StackError(`No port between ${LOWEST} and ${HIGHEST} is free.`);
}

/**
 * Ports by name: the remembered one where it still is free, so that a second start has the addresses of the first;
 * else a new one. None is of `reserved`, which are free now and will not be.
 */
export async function choosePorts<Name extends string>(
  names: readonly Name[],
  remembered: Partial<Record<string, number>> = {},
  reserved: readonly number[] = [],
): Promise<Record<Name, number>> {
  const chosen: Partial<Record<Name, number>> = {};
  const taken = new Set<number>(reserved);
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
