import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chargingPermissions, operatorPermissions, permissionsOf, type Uses } from './broker/permissions';

/** One app of the platform as the tools need to know it; the single list of them. */
export interface App {
  readonly name: string;
  /** Owns a database of its own. */
  readonly database: boolean;
  /** What its credential may do at the broker. */
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

const service = (name: string, uses?: AllUses): App => ({ name, database: true, ...permissionsOf(name, uses) });
const client = (name: string, uses?: AllUses): App => ({ ...service(name, uses), database: false });
type AllUses = Readonly<Record<string, Uses>>;

const listed = (uses?: AllUses): App[] => [
  service('auth', uses),
  service('stations', uses),
  service('workforce', uses),
  service('orders', uses),
  service('payouts', uses),
  service('notifications', uses),
  client('worker', uses),
  client('gateway', uses),
];

/** In the order of starting: the gateway last, when there is something behind it. */
export const apps: readonly App[] = listed();

/** Has a credential at the broker, but is not a process of the stack: the command of the platform's own staff. */
export const operator: App = { name: 'operator', database: false, ...operatorPermissions() };

/** The charging back ends that tell what happens at power centers; not a process of the stack either. */
export const charging: App = { name: 'charging', database: false, ...chargingPermissions };

/** Everybody who is known to the broker. */
export const credentials = (uses?: AllUses): App[] =>
  uses ? [...listed(uses), { ...operator, ...operatorPermissions(uses) }, charging] : [...apps, operator, charging];

/** Those of the list that are in the checkout. */
export function presentApps(checkout: string): App[] {
  return apps.filter((app) => existsSync(join(checkout, 'apps', app.name, 'src', 'main.ts')));
}
