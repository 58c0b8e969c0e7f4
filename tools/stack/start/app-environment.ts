import type { App } from '../apps';
import { callKeys } from '../broker/call-keys';
import { basics, setting } from '../environment';
import type { Secrets } from '../secrets';
import { redisUrlAs } from '../servers/redis';
import { redisPassword, type ServerAddresses } from '../servers/servers';
import { databaseUrl, ownerUrl, type Database } from './databases';

/** What the processes of a stack have in common. */
export interface StackFacts {
  readonly addresses: ServerAddresses;
  readonly secrets: Secrets;
  /** Whether the broker is ours and knows a password for each app. */
  readonly ownBroker: boolean;
  readonly gatewayPort: number;
  /** Where chargers connect; by default any free port. */
  readonly chargersPort?: number;
  readonly smtpPort: number;
  /** Begins the names of the databases and of the keys in Redis. */
  readonly prefix: string;
  readonly nodeEnv: string;
}

/** Settings that a developer may give to the command; they reach the services as they are. */
const passed = [
  'HOST',
  'LOG_LEVEL',
  'LOG_FORMAT',
  'PUBLIC_URL',
  'STORAGE_URL',
  'DASHBOARD',
  'MAP_TILES_URL',
  'MAP_TILES_ATTRIBUTION',
  'UNAUTHENTICATED_STATUS',
  'CORS_ORIGINS',
  'TRUSTED_PROXIES',
  'RATE_LIMIT_CALLER',
  'RATE_LIMIT_ADDRESS',
  'RATE_LIMIT_LOGIN',
  'RATE_LIMIT_REGISTRATION',
  'RATE_LIMIT_CODE',
  'RATE_LIMIT_RESET',
  'RATE_LIMIT_GUESS',
  'RATE_LIMIT_WEBHOOK',
  'RATE_LIMIT_WEBHOOK_TEST',
  'SIGNING_KEYS_FILE',
  'SECRETS_KEY',
  'TOKEN_TTL_SECONDS',
  'SMTP_URL',
  'MAIL_FROM',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_TRACES_SAMPLER_ARG',
  'CO2_TONNES_PER_KWH',
  'CHARGERS_MAX_SOCKETS',
  'CHARGERS_HEARTBEAT_SECONDS',
  'CHARGERS_ABSENCE_SECONDS',
  'CHARGERS_MESSAGE_DAYS',
  'CHARGERS_PAYMENT_ACCOUNTS',
  'CHARGERS_PARTNER_URL',
  'CHARGERS_PARTNER_TOKEN',
  'SESSION_SILENCE_MINUTES',
  'SESSION_MAX_AGE_DAYS',
  'SESSION_MAX_DAYS_BEFORE_POWER_CENTER',
  'SESSION_MAX_FUTURE_MINUTES',
  'SESSION_MAX_HOURS',
  'SESSION_MAX_AMOUNT_USD',
  'SESSION_POWER_MARGIN',
  'SESSION_DEFAULT_POWER_KW',
  'ORDER_OPEN_TO_EVENTS_DAYS',
  'OWNER_EARNING_RATE',
  'ORDER_FLAT_FEE_USD',
  'EVENT_RETENTION_DAYS',
  'S3_URL',
  'S3_REGION',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'S3_ENCRYPTION',
  'S3_KMS_KEY_ID',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_COUNTRY',
  'STRIPE_API_URL',
  'PAYOUT_METHOD_DELAY',
  'USER_DELETION_DELAY',
  'RETENTION_REGISTRATION_DAYS',
  'RETENTION_VERIFICATION_DAYS',
  'RETENTION_INVITATION_DAYS',
  'RETENTION_SESSION_DAYS',
  'RETENTION_DEVICE_DAYS',
  'RETENTION_EMAIL_DAYS',
  'RETENTION_REMOVED_USER_DAYS',
  'RETENTION_REMOVED_WORKER_DAYS',
  'RETENTION_AUDIT_PERSONAL_DAYS',
];

/** What opens the platform's account at Stripe is for payouts alone, and the store of files for two. */
const passedTo = ({ name }: App): string[] =>
  passed
    .filter((setting) => name === 'payouts' || !setting.startsWith('STRIPE_'))
    .filter((setting) => ['gateway', 'worker'].includes(name) || !setting.startsWith('S3_'));

/** The database of a service in this stack. */
export function databaseOf(app: App, { prefix, secrets }: Pick<StackFacts, 'prefix' | 'secrets'>): Database {
  return {
    name: `${prefix.replaceAll('-', '_')}_${app.name}`,
    password: secrets.password(`database.${app.name}`),
    ownerPassword: secrets.password(`database.${app.name}.owner`),
  };
}

/** An app's address of Redis: for its own user, unless the server is another's. */
function redisUrlOf({ name }: App, { addresses, secrets }: StackFacts): string {
  const own = new URL(addresses.redisUrl).password === redisPassword(secrets, 'admin');
  return own ? redisUrlAs(addresses.redisUrl, name, redisPassword(secrets, name)) : addresses.redisUrl;
}

/** The environment of an app's migrations: the owner's address of its database, and no other secret. */
export function migrationEnvironment(app: App, facts: StackFacts): Record<string, string> {
  return {
    ...basics(),
    NODE_ENV: facts.nodeEnv,
    LOG_FORMAT: 'pretty',
    DATABASE_URL: ownerUrl(facts.addresses.databaseAdminUrl, databaseOf(app, facts)),
  };
}

/** The environment of one app's process. */
export function appEnvironment(app: App, facts: StackFacts, healthPort: number): Record<string, string> {
  const { addresses, secrets, gatewayPort, prefix } = facts;
  const given = passedTo(app).flatMap((name): [string, string][] => {
    const value = setting(name);
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...basics(),
    // As in the images: each thread would keep freed memory in an arena of its own.
    MALLOC_ARENA_MAX: '2',
    NODE_ENV: facts.nodeEnv,
    LOG_FORMAT: 'pretty',
    // Demo accounts have a published password: nothing listens beyond this machine unless HOST says so.
    HOST: '127.0.0.1',
    HEALTH_PORT: String(healthPort),
    NATS_URL: addresses.natsUrl,
    ...brokerCredential(app, facts),
    REDIS_URL: redisUrlOf(app, facts),
    REDIS_PREFIX: prefix,
    ...(app.database ? { DATABASE_URL: databaseUrl(addresses.databaseAdminUrl, databaseOf(app, facts)) } : {}),
    ...(app.name === 'gateway' ? { PORT: String(gatewayPort) } : {}),
    ...(app.name === 'auth' ? { SECRETS_KEY: secrets.key('secrets') } : {}),
    ...(app.name === 'payouts' ? { SECRETS_KEY: secrets.key('secrets.payouts') } : {}),
    ...(app.name === 'notifications' ? { SECRETS_KEY: secrets.key('secrets.notifications') } : {}),
    ...(app.name === 'chargers' ? chargersEnvironment(facts) : {}),
    ...(app.name === 'worker' ? { SMTP_URL: `smtp://127.0.0.1:${facts.smtpPort}` } : {}),
    // A laptop's own server can be told of events; production refuses the setting.
    ...(facts.nodeEnv !== 'production' && ['notifications', 'worker'].includes(app.name)
      ? { WEBHOOK_LOCAL_TARGETS: 'true' }
      : {}),
    PUBLIC_URL: `http://localhost:${gatewayPort}`,
    MAIL_FROM: 'Open CPO <no-reply@open-cpo.test>',
    ...Object.fromEntries<string>(given),
  };
}

/** On this machine chargers connect without TLS, and any account may try a payment app, except with real money. */
const chargersEnvironment = ({ chargersPort = 0, nodeEnv }: StackFacts): Record<string, string> => ({
  CHARGERS_PORT: String(chargersPort),
  CHARGERS_URL: chargersUrl(chargersPort),
  CHARGERS_PLAIN: 'true',
  ...(nodeEnv === 'production' ? {} : { CHARGERS_PAYMENT_ACCOUNTS: '*' }),
});

/** Where chargers of this machine connect. */
export const chargersUrl = (port: number): string => `ws://localhost:${port}/ocpp`;

/** What a command that speaks over the broker needs. */
export function brokerCredential(app: App, { ownBroker, secrets }: Pick<StackFacts, 'ownBroker' | 'secrets'>) {
  const keys = { CALL_KEYS: callKeys(app.name, secrets) };
  if (ownBroker) {
    return { NATS_USER: app.name, NATS_PASSWORD: secrets.password(`nats.${app.name}`), ...keys };
  }
  const user = setting('NATS_USER');
  const password = setting('NATS_PASSWORD');
  return { ...(user ? { NATS_USER: user } : {}), ...(password ? { NATS_PASSWORD: password } : {}), ...keys };
}
