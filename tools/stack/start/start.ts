import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { releaseLock, takeLock } from '../lock';
import { places, type Places } from '../places';
import { paint, say, StackError } from '../terminal';
import { gatewayPort } from './gateway-port';
import { endLeftovers } from './leftovers';
import type { StartOptions } from './options';
import { StateFile } from './state';
import { stopSignal } from './stop-signal';
import { DevelopmentStack, givenAddresses } from './development-stack';

/** `npm start`: everything, until Ctrl-C. */
export async function start(checkout: string, options: StartOptions): Promise<void> {
  const began = Date.now();
  const all = places(checkout);
  const lock = join(all.home, 'lock');
  take(lock);
  try {
    await endLeftovers(new StateFile(all.home).value.processes);
    const port = await gatewayPort();
    if (options.fresh) {
      wipe(all);
    }
    await untilStopped(new DevelopmentStack(all, options, port), began);
  } finally {
    releaseLock(lock);
  }
}

async function untilStopped(stack: DevelopmentStack, began: number): Promise<void> {
  const stopped = stopSignal();
  try {
    const up = stack.start().then((text) => say(`\n${paint(1, 'Ready')} after ${seconds(began)}\n\n${text}\n`));
    // A Ctrl-C while it still starts must not wait for the end of that.
    await Promise.race([up, stopped]);
    await stopped;
  } finally {
    await stop(stack);
  }
}

async function stop(stack: DevelopmentStack): Promise<void> {
  const began = Date.now();
  const { running } = stack;
  if (running) {
    say('\nStopping …');
  }
  await stack.stop();
  if (running) {
    say(`Stopped after ${seconds(began)}.`);
  }
}

function seconds(since: number): string {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

function take(lock: string): void {
  const other = takeLock(lock);
  if (other) {
    throw new StackError(
      `The platform already runs from this checkout (process ${other.pid}); stop it there with Ctrl-C first.\n` +
        'To run one more process of an app beside it: npm start -- --only stations',
    );
  }
}

/** Everything but the unpacked packages, which are no data. */
function wipe(all: Places): void {
  rmSync(all.servers, { recursive: true, force: true });
  for (const name of ['state.json', 'secrets.json', 'mails.jsonl']) {
    rmSync(join(all.home, name), { force: true });
  }
  if (Object.keys(givenAddresses()).length > 0) {
    say('Servers given by address are not emptied: that is for whoever runs them to do.');
  }
}
