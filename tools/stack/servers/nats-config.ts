import type { BrokerAccount } from '../broker/users';

/** What one connection to the broker may do. */
export interface NatsUser {
  readonly name: string;
  readonly password: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

/** An account of the broker, its users with passwords. */
export type NatsAccount = Omit<BrokerAccount, 'users'> & { readonly users: readonly NatsUser[] };

export interface NatsConfig {
  readonly port: number;
  readonly storeFolder: string;
  readonly accounts: readonly NatsAccount[];
  /** The user of connections without credentials; only for tests. */
  readonly anonymous?: string;
}

/** The text of nats-server's configuration file. */
export function natsConfig(config: NatsConfig): string {
  return [
    'host: 127.0.0.1',
    `port: ${config.port}`,
    // A frozen client is noticed and dropped within about ten seconds, so that its queue group goes on without it.
    'ping_interval: "5s"',
    'ping_max: 2',
    `jetstream { store_dir: ${JSON.stringify(config.storeFolder)} }`,
    ...(config.anonymous ? [`no_auth_user: ${JSON.stringify(config.anonymous)}`] : []),
    'accounts {',
    ...config.accounts.flatMap(({ name, users, ...settings }) => [
      `  ${name} {`,
      ...Object.entries(settings).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`),
      '    users: [',
      ...users.map(userEntry),
      '    ]',
      '  }',
    ]),
    '}',
    '',
  ].join('\n');
}

/** Accounts with what each user's owner is let in with. */
export const withPasswords = (
  accounts: readonly BrokerAccount[],
  passwordOf: (owner: string) => string,
): NatsAccount[] =>
  accounts.map(({ users, ...account }) => ({
    ...account,
    users: users.map(({ user: name, owner, ...may }) => ({ name, password: passwordOf(owner), ...may })),
  }));

/** The one account of a broker that knows no others. */
export const oneAccount = (users: readonly NatsUser[]): NatsAccount[] => [
  { name: 'PLATFORM', jetstream: 'enabled', users },
];

function userEntry(user: NatsUser): string {
  const permissions = `{ publish: ${JSON.stringify(user.publish)}, subscribe: ${JSON.stringify(user.subscribe)} }`;
  const password = JSON.stringify(user.password);
  return `    { user: ${JSON.stringify(user.name)}, password: ${password}, permissions: ${permissions} }`;
}
