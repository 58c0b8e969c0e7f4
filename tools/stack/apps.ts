import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** One app of the platform as the tools need to know it; the single list of them. */
export interface App {
  readonly name: string;
  /** Owns a database of its own. */
  readonly database: boolean;
  /** What its credential may do at the broker. */
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

const everything = ['>'];
const service = (name: string): App => ({ name, database: true, publish: everything, subscribe: everything });
const client = (name: string): App => ({ ...service(name), database: false });

/** In the order of starting: the gateway last, when there is something behind it. */
export const apps: readonly App[] = [
  service('auth'),
  service('stations'),
  service('workforce'),
  service('orders'),
  service('payouts'),
  client('worker'),
  client('gateway'),
];

/** Has a credential at the broker, but is not a process of the stack: the command of the platform's own staff. */
export const operator: App = client('operator');

/** Those of the list that are in the checkout. */
export function presentApps(checkout: string): App[] {
  return apps.filter((app) => existsSync(join(checkout, 'apps', app.name, 'src', 'main.ts')));
}
