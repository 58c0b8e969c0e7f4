import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** One app of the platform as the tools need to know it; the single list of them. */
export interface App {
  readonly name: string;
  /** Owns a database of its own. */
  readonly database: boolean;
}

const service = (name: string): App => ({ name, database: true });
const client = (name: string): App => ({ name, database: false });

/** In the order of starting: the gateway last, when there is something behind it. */
export const apps: readonly App[] = [
  service('auth'),
  service('stations'),
  service('workforce'),
  service('orders'),
  service('payouts'),
  service('notifications'),
  service('chargers'),
  client('worker'),
  client('gateway'),
];

/** Has a credential at the broker, but is not a process of the stack: the command of the platform's own staff. */
export const operator: App = client('operator');

/** The charging back ends that tell what happens at power centers; not a process of the stack either. */
export const charging: App = client('charging');

/** Makes streams and consumers when a version is deployed; its credential is used for nothing else. */
export const setup: App = client('setup');

/** Everybody who has a credential at the broker. */
export const credentials = (): App[] => [...apps, operator, charging, setup];

/** Those of the list that are in the checkout. */
export function presentApps(checkout: string): App[] {
  return apps.filter((app) => existsSync(join(checkout, 'apps', app.name, 'src', 'main.ts')));
}
