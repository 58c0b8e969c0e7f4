import { ConfigError, readConfig } from '@open-cpo/platform';
import { AuthConfig } from './config';

const env = {
  NATS_URL: 'nats://localhost',
  REDIS_URL: 'redis://localhost',
  DATABASE_URL: 'postgres://localhost/auth',
};
const problems = (more: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readConfig(AuthConfig, { ...env, ...more });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};
const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://api.example.com' };
const key = Buffer.alloc(32, 7).toString('base64');

describe('the configuration of auth', () => {
  it('needs nothing of its own in development', () => {
    const config = readConfig(AuthConfig, env);
    expect(config).toMatchObject({ tokenTtlSeconds: 2592000, issuer: 'open-cpo' });
    expect(config.signingKeysFile).toBeUndefined();
    expect(Buffer.from(config.secretsKey, 'base64')).toHaveLength(32);
  });

  it('needs keys in production', () => {
    expect(problems(production)).toEqual([
      expect.stringContaining('SECRETS_KEY must be 32 random bytes in base64'),
      'SIGNING_KEYS_FILE must be set in production',
    ]);
    expect(problems({ ...production, SECRETS_KEY: key, SIGNING_KEYS_FILE: '/run/keys.json' })).toEqual([]);
  });

  it.each([
    [{ PASSKEY_ORIGINS: 'https://app.example.com', PASSKEY_RP_ID: 'example.com' }, []],
    [
      { PASSKEY_ORIGINS: 'https://app.example.com' },
      ['PASSKEY_ORIGINS: https://app.example.com is no page of localhost'],
    ],
    [{ PASSKEY_RP_ID: 'https://example.com' }, ['PASSKEY_RP_ID must be a domain name in lower case']],
  ])('judges passkeys set up as %j', (more, told) => {
    expect(problems(more)).toEqual(told);
  });

  it('does not take the key of development systems in production', () => {
    const { secretsKey } = readConfig(AuthConfig, env);
    const more = { ...production, SECRETS_KEY: secretsKey, SIGNING_KEYS_FILE: '/run/keys.json' };
    expect(problems(more)).toHaveLength(1);
  });

  it('is reached by https in production, unless told otherwise', () => {
    const keys = { ...production, SECRETS_KEY: key, SIGNING_KEYS_FILE: '/run/keys.json' };
    for (const PUBLIC_URL of ['', 'http://api.example.com']) {
      expect(problems({ ...keys, PUBLIC_URL })).toEqual([expect.stringContaining('PUBLIC_URL')]);
      expect(problems({ ...keys, PUBLIC_URL, ALLOW_INSECURE: 'http' })).toEqual([]);
    }
  });

  it('takes no key of another length', () => {
    expect(problems({ SECRETS_KEY: Buffer.alloc(16).toString('base64') })).toHaveLength(1);
  });
});
