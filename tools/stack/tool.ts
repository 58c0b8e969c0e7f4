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

/** They start a platform of their own: with the addresses of the running one, it would answer those. */
const WITH_OWN_STACK = ['bench', 'attack', 'faults'];

/** Runs dist/tools/<name>/main.js, or dist/<name>/main.js, with the address and credential of the running stack's broker; answers its exit code. */
export function runTool(checkout: string, name: string, args: readonly string[]): number {
  const places = [join(checkout, 'dist', 'tools', name, 'main.js'), join(checkout, 'dist', name, 'main.js')];
  const script = places.find((place) => existsSync(place));
  if (script === undefined) {
    throw new StackError(`There is no tool "${name}".`);
  }
  const env = inherited(setting('NATS_URL') === undefined && !WITH_OWN_STACK.includes(name) ? ofStack(checkout) : {});
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
