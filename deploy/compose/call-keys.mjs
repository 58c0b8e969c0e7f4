// Makes and rotates the keys that prove which app calls which service: one key a pair of apps, in the files `call-keys` of
// the two of them alone. docs/operations.md#call-keys
//   node deploy/compose/call-keys.mjs secrets          makes what is missing
//   node deploy/compose/call-keys.mjs secrets add      adds a second key to each pair: accepted, not used yet
//   node deploy/compose/call-keys.mjs secrets use      signs with the newer key; the older one is still accepted
//   node deploy/compose/call-keys.mjs secrets end      forgets the older key
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const SERVICES = ['auth', 'stations', 'workforce', 'orders', 'payouts', 'notifications', 'chargers'];
export const CALLERS = [...SERVICES, 'gateway', 'worker', 'operator'];

const key = () => randomBytes(32).toString('base64');
const steps = {
  keep: (keys) => keys,
  add: ([now]) => [now, key()],
  use: ([now, next]) => (next ? [next, now] : [now]),
  end: ([now]) => [now],
};

/** Writes `<root>/<app>/call-keys` of every app; `put` writes the text of a file below the root. */
export function makeCallKeys(root, { services = SERVICES, callers = CALLERS, step = 'keep', put = putIn(root) } = {}) {
  const file = (app) => `${root}/${app}/call-keys`;
  const read = (app) => (existsSync(file(app)) ? JSON.parse(readFileSync(file(app), 'utf8')) : {});
  const old = Object.assign({}, ...callers.map(read));
  const made = Object.fromEntries(callers.map((app) => [app, {}]));
  for (const from of callers) {
    for (const to of services.filter((service) => service !== from)) {
      const pair = `${from}>${to}`;
      made[from][pair] = made[to][pair] = steps[step](old[pair] ?? [key()]);
    }
  }
  for (const app of callers) {
    mkdirSync(`${root}/${app}`, { recursive: true });
    put(`${app}/call-keys`, JSON.stringify(made[app]));
  }
}

function putIn(root) {
  return (name, text) => {
    writeFileSync(`${root}/${name}.new`, text, { mode: 0o600 });
    renameSync(`${root}/${name}.new`, `${root}/${name}`);
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [root, step = 'keep'] = process.argv.slice(2);
  if (!root || !Object.hasOwn(steps, step)) {
    process.stderr.write('Usage: node call-keys.mjs <folder of secrets> [add|use|end]\n');
    process.exit(1);
  }
  makeCallKeys(root, { step });
}
