/** What one connection to the broker may do. */
export interface NatsUser {
  readonly name: string;
  readonly password: string;
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

export interface NatsConfig {
  readonly port: number;
  readonly storeFolder: string;
  readonly users: readonly NatsUser[];
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
    'authorization {',
    '  users: [',
    ...config.users.map(userEntry),
    '  ]',
    '}',
    '',
  ].join('\n');
}

function userEntry(user: NatsUser): string {
  const permissions = `{ publish: ${JSON.stringify(user.publish)}, subscribe: ${JSON.stringify(user.subscribe)} }`;
  const password = JSON.stringify(user.password);
  return `    { user: ${JSON.stringify(user.name)}, password: ${password}, permissions: ${permissions} }`;
}
