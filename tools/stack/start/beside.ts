import { join } from 'node:path';
import { presentApps } from '../apps';
import { setting } from '../environment';
import { holder } from '../lock';
import { places } from '../places';
import { anyFree } from '../ports';
import { Fleet } from '../supervisor/fleet';
import { say, StackError } from '../terminal';
import { developmentFacts } from './development-stack';
import { appPlan } from './platform';
import { StateFile } from './state';
import { stopSignal } from './stop-signal';

/** `npm start -- --only <app>`: one more process of an app, with the servers and credentials of the running stack. */
export async function startBeside(checkout: string, name: string): Promise<void> {
  const all = places(checkout);
  const state = new StateFile(all.home);
  if (!holder(join(all.home, 'lock')) || !state.value.addresses) {
    throw new StackError('Nothing runs from this checkout yet: run "npm start" in another terminal first.');
  }
  const app = presentApps(checkout).find((candidate) => candidate.name === name);
  if (!app) {
    throw new StackError(`The app "${name}" is not in this checkout.`);
  }
  const ofStack = state.value.ports.gateway ?? 3000;
  // A second gateway needs a port of its own; everything else talks about the first one's.
  const port = name === 'gateway' ? Number(setting('PORT') ?? (await anyFree())) : ofStack;
  const plan = appPlan(app, checkout, developmentFacts(all, state, port), await anyFree(), `${name}+`);
  const fleet = new Fleet();
  const stopped = stopSignal();
  try {
    fleet.start([plan]);
    const ready = fleet.ready(120_000).then(() => say(hint(name, port)));
    await Promise.race([ready, stopped]);
    await stopped;
  } finally {
    await fleet.stop(() => true);
  }
}

function hint(name: string, port: number): string {
  const where = name === 'gateway' ? ` It listens on http://localhost:${port}.` : '';
  return `One more process of ${name} shares the load.${where} Ctrl-C ends it.`;
}
