import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { operator } from './apps';
import { inherited, setting } from './environment';
import { places } from './places';
import { brokerCredential, chargersUrl } from './start/app-environment';
import { nodeArguments } from './start/one-shot';
import { StateFile } from './start/state';
import { Secrets } from './secrets';
import { StackError } from './terminal';

/** Tools that work on the running platform. Others start one of their own, which would answer with the addresses of this one. */
const ON_RUNNING_PLATFORM = ['charger', 'demo', 'operator', 'simulate'];

/** Runs dist/tools/<name>/main.js, or dist/<name>/main.js; answers its exit code. */
export function runTool(checkout: string, name: string, args: readonly string[]): number {
  const places = [join(checkout, 'dist', 'tools', name, 'main.js'), join(checkout, 'dist', name, 'main.js')];
  const script = places.find((place) => existsSync(place));
  if (script === undefined) {
    throw new StackError(`There is no tool "${name}".`);
  }
  const isOnRunning = ON_RUNNING_PLATFORM.includes(name) && setting('NATS_URL') === undefined;
  const env = inherited(isOnRunning ? ofStack(checkout) : {});
  const result = spawnSync(process.execPath, [...nodeArguments(script), ...args], {
    cwd: checkout,
    env,
    stdio: 'inherit',
  });
  return result.status ?? 1;
}

function ofStack(checkout: string): Record<string, string> {
  const all = places(checkout);
  const { addresses, ownBroker = true, ports } = new StateFile(all.home).value;
  const secrets = new Secrets(join(all.home, 'secrets.json'));
  if (!addresses) return {};
  const gateway: Record<string, string> = ports.gateway ? { PUBLIC_URL: `http://localhost:${ports.gateway}` } : {};
  const chargers: Record<string, string> = ports.chargers ? { CHARGERS_URL: chargersUrl(ports.chargers) } : {};
  return {
    NATS_URL: addresses.natsUrl,
    ...brokerCredential(operator, { ownBroker, secrets }),
    ...gateway,
    ...chargers,
  };
}
