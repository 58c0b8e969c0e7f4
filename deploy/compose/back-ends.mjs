// Charging back ends with a credential of their own. To add them to the broker of the Helm chart:
//   node deploy/compose/back-ends.mjs acme volta > back-ends.yaml
// and for nats.conf, inside of "accounts": node deploy/compose/back-ends.mjs --conf acme volta
import { pathToFileURL } from 'node:url';

const NAME = /^[a-z][a-z0-9]{0,29}$/;

/** The names in a list that is separated by blanks or commas. */
export function backEndNames(list = '') {
  const names = [...new Set(list.split(/[\s,]+/).filter(Boolean))];
  const wrong = names.find((name) => !NAME.test(name));
  if (wrong) throw new Error(`"${wrong}" is no name of a back end: up to 30 lower-case letters and digits.`);
  return names;
}

export const backEndUser = (name) => `charging-${name}`;
export const accountName = (name) => `CHARGING_${name.toUpperCase()}`;

/** Its account; the broker adds its name to the subjects of what it tells. */
export const backEndAccount = (name, password) => ({
  imports: [{ service: { account: 'PLATFORM', subject: `charging.*.*.${name}` }, to: 'charging.*.*' }],
  users: [
    {
      user: backEndUser(name),
      password,
      permissions: { publish: ['charging.*.*'], subscribe: [`_INBOX_${backEndUser(name)}.>`] },
    },
  ],
});

const variable = (name) => `${accountName(name)}_NATS_PASSWORD`;

/** Values of the chart beside those of users.yaml. */
export const chartValues = (names) => ({
  container: {
    env: Object.fromEntries(
      names.map((name) => [
        variable(name),
        { valueFrom: { secretKeyRef: { name: 'nats-users', key: backEndUser(name) } } },
      ]),
    ),
  },
  config: {
    merge: {
      accounts: Object.fromEntries(
        names.map((name) => [accountName(name), backEndAccount(name, `<< $${variable(name)} >>`)]),
      ),
    },
  },
});

/** A line of nats.conf, inside of "accounts"; without a password it is the variable that holds it. */
export function accountLine(name, password) {
  const text = JSON.stringify(backEndAccount(name, password ?? ''));
  const own = password === undefined ? text.replace('"password":""', `"password":$${variable(name)}`) : text;
  return `  ${accountName(name)} ${own}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2);
  const names = backEndNames(args.filter((one) => one !== '--conf').join(' '));
  const conf = names.map((name) => accountLine(name)).join('\n');
  process.stdout.write(`${args.includes('--conf') ? conf : JSON.stringify(chartValues(names), undefined, 2)}\n`);
}
