import { stringify } from 'yaml';
import type { BrokerAccount, BrokerUser } from '../stack/broker/users';
import { passwordVariable } from './users-file';

/** Values for the official NATS chart: users and what they may do; passwords come from secrets, one an app. */
export function natsValues(accounts: readonly BrokerAccount[]): string {
  const owners = [...new Set(accounts.flatMap(({ users }) => users.map(({ owner }) => owner)))];
  const env = owners.map((name): [string, object] => [
    passwordVariable(name),
    { valueFrom: { secretKeyRef: { name: 'nats-users', key: name } } },
  ]);
  const entries = accounts.map(({ name, users, ...settings }) => [name, { ...settings, users: users.map(userOf) }]);
  const merge = { accounts: Object.fromEntries(entries) as object };
  const values = { container: { env: Object.fromEntries(env) }, config: { merge } };
  return `# Written from the sources: npm run openapi\n${stringify(values, { lineWidth: 0 })}`;
}

const userOf = ({ user, owner, publish, subscribe }: BrokerUser): object => ({
  user,
  // The chart writes what stands between << and >> without quotes: nats-server takes it from its environment.
  password: `<< $${passwordVariable(owner)} >>`,
  permissions: { publish, subscribe },
});
