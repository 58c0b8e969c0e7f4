import { apps } from '../apps';
import type { Secrets } from '../secrets';

/** Whoever calls services. */
const callers = [...apps.map(({ name }) => name), 'operator'];
/** Services own operations, and a database; everybody else only calls. */
const services = apps.flatMap(({ name, database }) => (database ? [name] : []));

/** Value of `CALL_KEYS` for an app: the keys of the calls that it makes and of those made to it. */
export function callKeys(app: string, secrets: Pick<Secrets, 'key'>): string {
  const pairs = callers.flatMap((from) => services.filter((to) => to !== from).map((to) => [from, to]));
  const own = pairs.filter((pair) => pair.includes(app)).map(([from, to]) => `${from}>${to}`);
  return JSON.stringify(Object.fromEntries(own.map((pair) => [pair, [secrets.key(`call.${pair}`)]])));
}
