import { createHash } from 'node:crypto';

/**
 * What each app may touch in Redis: keys of its own below the prefix. BullMQ keeps a queue in keys of one name, and asks
 * for INFO to know the server; nothing is published, so that no channel is open.
 */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  auth: [
    '~{prefix}:attempts:*',
    '~{prefix}:revocations',
    '~{prefix}:jobs:emails:*',
    '~{prefix}:jobs:exports:*',
    '~{prefix}:jobs:exports-large:*',
  ],
  gateway: ['~{prefix}:limits:*', '%R~{prefix}:revocations'],
  stations: ['~{prefix}:jobs:exports:*', '~{prefix}:jobs:exports-large:*', '~{prefix}:jobs:imports:*'],
  orders: ['~{prefix}:jobs:exports:*', '~{prefix}:jobs:exports-large:*', '~{prefix}:jobs:imports:*'],
  payouts: ['~{prefix}:jobs:payouts:*'],
  notifications: ['~{prefix}:jobs:webhooks:*'],
  workforce: ['~{prefix}:jobs:imports:*'],
  chargers: [],
  worker: ['~{prefix}:jobs:*'],
};

/** Names of keys are not bound to a user's own: nobody lists them. */
const COMMANDS = '+@all -@admin -@dangerous -scan -randomkey +info';

/** Beside the apps: the operator of the server, its replica, the probe of an orchestrator, and what scales workers. */
const OTHERS: Readonly<Record<string, string>> = {
  admin: '~* &* +@all',
  replica: 'resetchannels -@all +psync +replconf +ping',
  probe: 'resetchannels -@all +ping +info',
  // KEDA asks for the length of a list by a script.
  scaler: 'resetchannels ~{prefix}:jobs:*:wait -@all +eval +evalsha +type +llen +ping +hello +client|setname',
};

/** The apps that Redis knows. */
export const redisApps: readonly string[] = Object.keys(KEYS);

/** What Redis compares a password with. */
export const redisHash = (password: string): string => createHash('sha256').update(password).digest('hex');

/**
 * The text of Redis' file of users. `secret`: the SHA-256 of a user's password. The probe needs none: all that it may
 * do is ask whether the server is there and how it is, which the exporter of metrics does as well.
 */
export function redisUsers(prefix: string, secret: (name: string) => string): string {
  const app = ([name, keys]: [string, readonly string[]]): [string, string] => [
    name,
    ['resetchannels', ...keys, COMMANDS].join(' '),
  ];
  const users = [...Object.entries(KEYS).map(app), ...Object.entries(OTHERS)].map(([name, rules]) => {
    return `user ${name} on ${name === 'probe' ? 'nopass' : `#${secret(name)}`} ${rules.replaceAll('{prefix}', prefix)}`;
  });
  return ['user default off resetchannels -@all', ...users, ''].join('\n');
}
