import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IsArray, IsBoolean, IsInt, IsOptional, IsString, Max, MinLength } from 'class-validator';
import { ConfigError, readConfig } from './read-config';
import { DatabaseConfig, ProcessConfig } from './process-config';

class Settings {
  @IsString()
  @MinLength(3)
  secretsKey: string;

  @IsOptional()
  @IsBoolean()
  strict?: boolean;

  @Max(9)
  @IsInt()
  most: number = 5;

  @IsArray()
  corsOrigins: string[] = [];

  /** No decorator, no setting. */
  path?: string;
}

const problems = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

describe('a configuration', () => {
  it('is read from variables in capitals, each in its type, with defaults', () => {
    const env = { SECRETS_KEY: 'abc', STRICT: 'false', CORS_ORIGINS: 'https://a, https://b,', PATH: '/bin' };
    expect(readConfig(Settings, env)).toEqual({
      secretsKey: 'abc',
      strict: false,
      most: 5,
      corsOrigins: ['https://a', 'https://b'],
    });
  });

  it.each([
    ['true', true],
    ['1', true],
    ['0', false],
    ['FALSE', false],
  ])('takes %s for %s', (text, value) => {
    expect(readConfig(Settings, { SECRETS_KEY: 'abc', STRICT: text }).strict).toBe(value);
  });

  it.each(['maybe', '2', ' '])('does not take %j for a yes or no', (text) => {
    expect(problems(() => readConfig(Settings, { SECRETS_KEY: 'abc', STRICT: text }))).toHaveLength(1);
  });

  it.each(['5x', '0x1F', '1e1', ' ', '1.5', 'NaN'])('does not take %j for a whole number', (text) => {
    expect(problems(() => readConfig(Settings, { SECRETS_KEY: 'abc', MOST: text }))).toHaveLength(1);
  });

  it('tells everything that is wrong at once, by the names of the variables', () => {
    const told = problems(() => readConfig(Settings, { MOST: '12', STRICT: 'maybe' }));
    expect(told).toHaveLength(3);
    expect(told.join()).toMatch(/SECRETS_KEY must be.*STRICT must be.*MOST must not be greater than 9/);
  });

  it('does not repeat what came, which may be a secret', () => {
    expect(problems(() => readConfig(Settings, { SECRETS_KEY: 'xy' })).join()).not.toContain('xy');
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig(Settings, { SECRETS_KEY: 'abc', MOST: '', STRICT: '' })).toMatchObject({ most: 5 });
  });
});

describe('a setting in a file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'settings-'));
    file = join(folder, 'key');
    writeFileSync(file, 'from the file\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is read without the line break at its end', () => {
    expect(readConfig(Settings, { SECRETS_KEY_FILE: file }).secretsKey).toBe('from the file');
  });

  it('yields to the variable itself', () => {
    expect(readConfig(Settings, { SECRETS_KEY_FILE: file, SECRETS_KEY: 'direct' }).secretsKey).toBe('direct');
  });

  it('that cannot be read is told', () => {
    const told = problems(() => readConfig(Settings, { SECRETS_KEY_FILE: join(folder, 'none') }));
    expect(told[0]).toBe('SECRETS_KEY_FILE names a file that cannot be read (ENOENT)');
  });

  it('has the type of the setting, as any', () => {
    writeFileSync(file, '7\r\n');
    expect(readConfig(Settings, { SECRETS_KEY: 'abc', MOST_FILE: file }).most).toBe(7);
  });
});

describe('what every process is told', () => {
  const env = { NATS_URL: 'nats://n', REDIS_URL: 'rediss://:p@r/1' };

  it('has defaults but for the addresses of what it needs', () => {
    expect(readConfig(ProcessConfig, env)).toMatchObject({
      nodeEnv: 'development',
      production: false,
      logLevel: 'info',
      logFormat: 'json',
      host: '0.0.0.0',
      healthPort: 0,
      redisPrefix: 'cpo',
      shutdownSeconds: 20,
    });
    expect(problems(() => readConfig(ProcessConfig, {}))).toHaveLength(2);
  });

  it('knows production', () => {
    expect(readConfig(ProcessConfig, { ...env, NODE_ENV: 'production' }).production).toBe(true);
    expect(problems(() => readConfig(ProcessConfig, { ...env, NODE_ENV: 'prod' }))).toHaveLength(1);
  });

  it.each([
    ['HEALTH_PORT', '65536'],
    ['REDIS_URL', 'http://redis'],
    ['REDIS_PREFIX', 'a:b'],
    ['SHUTDOWN_SECONDS', '0'],
  ])('refuses %s=%s', (name, value) => {
    expect(problems(() => readConfig(ProcessConfig, { ...env, [name]: value }))).toEqual([
      expect.stringContaining(name),
    ]);
  });

  it('includes the database where there is one', () => {
    expect(problems(() => readConfig(DatabaseConfig, env))).toEqual([expect.stringContaining('DATABASE_URL')]);
    const config = readConfig(DatabaseConfig, { ...env, DATABASE_URL: 'postgres://u:p@h/d', DATABASE_POOL: '3' });
    expect(config).toMatchObject({ databaseUrl: 'postgres://u:p@h/d', databasePool: 3, natsUrl: 'nats://n' });
  });

  it.each([
    ['NATS_URL', 'nats://n', 'tls://n'],
    ['NATS_URL', 'tls://n,nats://m', 'tls://n,tls://m'],
    ['REDIS_URL', 'redis://r', 'rediss://r'],
    ['DATABASE_URL', 'postgres://u:p@h/d', 'postgres://u:p@h/d?sslmode=verify-full'],
    ['DATABASE_URL', 'postgres://u:p@h/d?sslmode=require', 'postgres://u:p@h/d?a=b&sslmode=verify-full'],
  ])('refuses %s=%s where TLS is required, and takes %s', (name, plain, secure) => {
    const all = { NATS_URL: 'tls://n', REDIS_URL: 'rediss://r', DATABASE_URL: 'postgres://h/d?sslmode=verify-full' };
    const problemsOf = (value: string, REQUIRE_TLS: string) =>
      problems(() => readConfig(DatabaseConfig, { ...all, REQUIRE_TLS, [name]: value }));
    expect(problemsOf(plain, 'true')).toEqual([expect.stringMatching(new RegExp(`^${name} must have`))]);
    expect(problemsOf(plain, 'false')).toEqual([]);
    expect(problemsOf(secure, 'true')).toEqual([]);
  });
});
