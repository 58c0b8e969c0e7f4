import { brokerAccounts } from '../stack/broker/users';
import { redisUsers } from '../stack/servers/redis-users';
import { natsValues } from './nats-values';
import { usersFile } from './users-file';
import { uses } from './uses';
import { valkeySecret } from './valkey-secret';

export interface DerivedFile {
  readonly path: string;
  readonly text: string;
}

/** Every file that follows from what the apps use of the broker and of Redis. */
export function derivedFiles(): DerivedFile[] {
  const accounts = brokerAccounts(uses);
  return [
    { path: 'deploy/nats/users.conf', text: usersFile(accounts) },
    { path: 'k8s/servers/nats/users.yaml', text: natsValues(accounts) },
    { path: 'deploy/redis/users.acl', text: redisUsers('cpo', (name) => `{${name}}`) },
    { path: 'k8s/servers-external-secrets/valkey.yaml', text: valkeySecret() },
  ];
}
