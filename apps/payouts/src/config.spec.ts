import { readConfig } from '@open-cpo/platform';
import { PayoutsConfig } from './config';
import { SandboxProvider } from './providers/sandbox.provider';
import { Providers } from './providers/providers';
import { Secrets } from './secrets/secrets';

const KEY = Buffer.alloc(32, 7).toString('base64');
const NEEDED = {
  NATS_URL: 'nats://localhost',
  REDIS_URL: 'redis://localhost',
  DATABASE_URL: 'postgres://localhost/payouts',
};
const read = (env: NodeJS.ProcessEnv = {}): PayoutsConfig => readConfig(PayoutsConfig, { ...NEEDED, ...env });
const production = { NODE_ENV: 'production', SECRETS_KEY: KEY, PUBLIC_URL: 'https://api.example.com' };
const providers = (env: NodeJS.ProcessEnv): { all: Providers; warnings: string[] } => {
  const config = read(env);
  const warnings: string[] = [];
  const log = { warn: (text: string) => warnings.push(text) };
  return { all: new Providers(config, new Secrets(config), log as never), warnings };
};

describe('the configuration of payouts', () => {
  it('needs nothing of its own on a laptop', () => {
    expect(read().logosUrl).toBe('http://localhost:3000/images/payout-methods');
    expect(read({ STORAGE_URL: 'https://cdn.example.com' }).logosUrl).toBe(
      'https://cdn.example.com/images/payout-methods',
    );
  });

  it('needs a key of its own in production', () => {
    expect(() => read({ NODE_ENV: 'production' })).toThrow(/SECRETS_KEY must be 32 random bytes/);
    expect(() => read({ ...production, SECRETS_KEY: 'short' })).toThrow(/SECRETS_KEY/);
    expect(read(production).secretsKey).toBe(KEY);
  });

  it.each([
    ['STRIPE_SECRET_KEY', 'pk_live_public'],
    ['STRIPE_WEBHOOK_SECRET', 'secret'],
    ['STRIPE_COUNTRY', 'Germany'],
    ['STRIPE_API_URL', 'here'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => read({ [name]: value })).toThrow();
  });
});

describe('Stripe', () => {
  it('without a key is a sandbox on a laptop, which the log says', () => {
    const { all, warnings } = providers({});
    expect(all.of('stripe').name).toBe('sandbox');
    expect(warnings).toEqual([expect.stringMatching(/sandbox/)]);
  });

  it('without a key is not there in production, nor is the sandbox', () => {
    const { all } = providers(production);
    expect([all.offers('stripe'), all.offers('bank_transfer')]).toEqual([false, true]);
    expect(() => all.of('stripe')).toThrow();
    expect(() => new SandboxProvider(true)).toThrow(/production/);
  });

  it('with a key is Stripe', () => {
    const { all, warnings } = providers({ ...production, STRIPE_SECRET_KEY: 'sk_live_1' });
    expect([all.of('stripe').name, warnings]).toEqual(['stripe', []]);
  });
});
