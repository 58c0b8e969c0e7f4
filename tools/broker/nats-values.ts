import { stringify } from 'yaml';
import type { App } from '../stack/apps';
import { passwordVariable } from './users-file';

/** Values for the official NATS chart: users and what they may do; passwords come from secrets, one a user. */
export function natsValues(users: readonly App[]): string {
  const env = users.map(({ name }): [string, object] => [
    passwordVariable(name),
    { valueFrom: { secretKeyRef: { name: 'nats-users', key: name } } },
  ]);
  const merge = {
    authorization: {
      users: users.map(({ name, publish, subscribe }) => ({
        user: name,
        // The chart writes what stands between << and >> without quotes: nats-server takes it from its environment.
        password: `<< $${passwordVariable(name)} >>`,
        permissions: { publish, subscribe },
      })),
    },
  };
  const values = { container: { env: Object.fromEntries(env) }, config: { merge } };
  return `# Written from the sources: npm run openapi\n${stringify(values, { lineWidth: 0 })}`;
}
