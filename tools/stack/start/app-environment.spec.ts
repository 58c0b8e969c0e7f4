import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apps, type App } from '../apps';
import { Secrets } from '../secrets';
import { appEnvironment, databaseOf, type StackFacts } from './app-environment';

describe('the environment of an app', () => {
  const folder = mkdtempSync(join(tmpdir(), 'environment-'));
  const secrets = new Secrets(join(folder, 'secrets.json'));
  const before = { ...process.env };
  const facts: StackFacts = {
    addresses: {
      databaseAdminUrl: 'postgres://postgres:admin@127.0.0.1:5555/postgres',
      natsUrl: 'nats://127.0.0.1:4222',
      redisUrl: 'redis://:r@127.0.0.1:6379',
    },
    secrets,
    ownBroker: true,
    gatewayPort: 3001,
    smtpPort: 2525,
    prefix: 'cpo-test-1',
    nodeEnv: 'development',
  };
  const app = (name: string): App => apps.find((one) => one.name === name) as App;

  beforeEach(() => {
    for (const name of [
      'HOST',
      'LOG_LEVEL',
      'NATS_USER',
      'NATS_PASSWORD',
      'SMTP_URL',
      'SECRETS_KEY',
      'CHARGERS_PAYMENT_ACCOUNTS',
    ]) {
      delete process.env[name];
    }
  });
  afterEach(() => {
    process.env = { ...before };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('has a database of its own, with its own role', () => {
    const env = appEnvironment(app('stations'), facts, 9000);
    const url = new URL(env.DATABASE_URL ?? '');
    expect([url.username, url.pathname, url.port]).toEqual(['cpo_test_1_stations', '/cpo_test_1_stations', '5555']);
    expect(url.password).toBe(databaseOf(app('stations'), facts).password);
    expect(env.HEALTH_PORT).toBe('9000');
  });

  it('has no database where the app has none', () => {
    expect(appEnvironment(app('gateway'), facts, 1)).not.toHaveProperty('DATABASE_URL');
    expect(appEnvironment(app('worker'), facts, 1)).not.toHaveProperty('DATABASE_URL');
  });

  it('has a credential of its own at the broker', () => {
    const [auth, stations] = [appEnvironment(app('auth'), facts, 1), appEnvironment(app('stations'), facts, 1)];
    expect([auth.NATS_USER, stations.NATS_USER]).toEqual(['auth', 'stations']);
    expect(auth.NATS_PASSWORD).not.toBe(stations.NATS_PASSWORD);
  });

  it('uses the credential of a broker that somebody else runs', () => {
    const given = { ...facts, ownBroker: false };
    expect(appEnvironment(app('auth'), given, 1)).not.toHaveProperty('NATS_USER');
    process.env.NATS_USER = 'me';
    process.env.NATS_PASSWORD = 'secret';
    expect(appEnvironment(app('auth'), given, 1)).toMatchObject({ NATS_USER: 'me', NATS_PASSWORD: 'secret' });
  });

  it('gives secrets to those who keep some, the port to the gateway, the mail server to the worker', () => {
    const holders = (name: string) =>
      apps.filter((one) => name in appEnvironment(one, facts, 1)).map((one) => one.name);
    expect(holders('SECRETS_KEY')).toEqual(['auth', 'payouts', 'notifications']);
    process.env.STRIPE_SECRET_KEY = 'sk_test_1';
    expect(holders('STRIPE_SECRET_KEY')).toEqual(['payouts']);
    delete process.env.STRIPE_SECRET_KEY;
    expect(holders('PORT')).toEqual(['gateway']);
    expect(holders('SMTP_URL')).toEqual(['worker']);
  });

  it('has what is for trying alone only outside production', () => {
    const given = (name: string, variable: string, nodeEnv: string) =>
      appEnvironment(app(name), { ...facts, nodeEnv }, 1)[variable];
    const trials = [
      ['notifications', 'WEBHOOK_LOCAL_TARGETS', 'true'],
      ['chargers', 'CHARGERS_PAYMENT_ACCOUNTS', '*'],
    ] as const;
    for (const [name, variable, value] of trials) {
      expect(given(name, variable, 'development')).toBe(value);
      expect(given(name, variable, 'production')).toBeUndefined();
    }
    process.env.CHARGERS_PAYMENT_ACCOUNTS = '7';
    expect(given('chargers', 'CHARGERS_PAYMENT_ACCOUNTS', 'production')).toBe('7');
  });

  it('listens on this machine alone unless the developer says otherwise', () => {
    expect(appEnvironment(app('gateway'), facts, 1).HOST).toBe('127.0.0.1');
    process.env.HOST = '0.0.0.0';
    process.env.LOG_LEVEL = 'debug';
    expect(appEnvironment(app('gateway'), facts, 1)).toMatchObject({ HOST: '0.0.0.0', LOG_LEVEL: 'debug' });
  });
});
