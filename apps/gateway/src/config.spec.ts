import { type ConfigError, readConfig } from '@open-cpo/platform';
import { GatewayConfig } from './config';

const needed = { NATS_URL: 'nats://broker:4222', REDIS_URL: 'redis://redis:6379' };
const read = (env: NodeJS.ProcessEnv = {}): GatewayConfig => readConfig(GatewayConfig, { ...needed, ...env });

describe('the configuration of the gateway', () => {
  it('needs a broker and a Redis, and nothing else', () => {
    const { port, unauthenticatedStatus, corsOrigins, trustedProxies, requestDeadline, baseUrl } = read();
    expect({ port, unauthenticatedStatus, corsOrigins, trustedProxies, requestDeadline, baseUrl }).toEqual({
      port: 3000,
      unauthenticatedStatus: 401,
      corsOrigins: '*',
      trustedProxies: '',
      requestDeadline: 5000,
      baseUrl: 'http://localhost:3000',
    });
  });

  it('takes the address that clients use', () => {
    expect(read({ PUBLIC_URL: 'https://api.example.com' }).baseUrl).toBe('https://api.example.com');
  });

  it('takes addresses of map tiles, and nothing that would change the content policy', () => {
    const url = 'https://{s}.tiles.example.com/{z}/{x}/{y}.png';
    expect(read({ MAP_TILES_URL: url }).mapTilesUrl).toBe(url);
    for (const wrong of [
      'tiles',
      "https://a.example; script-src 'unsafe-inline'/{z}",
      'https://a.example/',
      'https:///{z}',
    ]) {
      expect(() => read({ MAP_TILES_URL: wrong })).toThrow();
    }
    expect(() => read({ DASHBOARD: 'maybe' })).toThrow();
  });

  it('tells all that is wrong at once', () => {
    const wrong = { PORT: '70000', PUBLIC_URL: 'here', UNAUTHENTICATED_STATUS: '403', REQUEST_DEADLINE: '1' };
    const problems = (): string[] => {
      try {
        read(wrong);
        return [];
      } catch (error) {
        return [...(error as ConfigError).problems];
      }
    };
    for (const name of Object.keys(wrong)) {
      expect(problems()).toEqual(expect.arrayContaining([expect.stringContaining(name)]));
    }
  });

  describe('in production', () => {
    const secure = {
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://api.example.com',
      CORS_ORIGINS: 'https://dashboard.example.com',
      RATE_LIMIT_CALLER: '6000/60',
      RATE_LIMIT_ADDRESS: '12000/60',
    };
    const refused = (env: NodeJS.ProcessEnv): readonly string[] => {
      try {
        read({ ...secure, ...env });
        return [];
      } catch (error) {
        return (error as ConfigError).problems;
      }
    };

    it('takes what is secure', () => {
      expect(refused({})).toEqual([]);
    });

    it.each([
      ['limits', { RATE_LIMIT_CALLER: 'off' }],
      ['limits', { RATE_LIMIT_ADDRESS: '' }],
      ['limits', { RATE_LIMIT_LOGIN: 'off' }],
      ['limits', { RATE_LIMIT_GUESS: 'off' }],
      ['limits', { RATE_LIMIT_WEBHOOK: 'off' }],
      ['cors', { CORS_ORIGINS: '' }],
      ['cors', { CORS_ORIGINS: '*' }],
      ['cors', { CORS_ORIGINS: 'https://one.example.com, *' }],
      ['http', { PUBLIC_URL: '' }],
      ['http', { PUBLIC_URL: 'http://api.example.com' }],
    ])('refuses without ALLOW_INSECURE=%s: %j', (what, env) => {
      const [name = ''] = Object.keys(env);
      expect(refused(env)).toEqual([expect.stringMatching(new RegExp(`^${name} must.*"${what}"$`))]);
      const others = ['limits', 'cors', 'http'].filter((other) => other !== what);
      expect(refused({ ...env, ALLOW_INSECURE: others.join(',') })).toHaveLength(1);
      expect(refused({ ...env, ALLOW_INSECURE: what })).toEqual([]);
      expect(refused({ ...env, NODE_ENV: 'development' })).toEqual([]);
    });

    it('knows nothing else that may be insecure', () => {
      expect(refused({ ALLOW_INSECURE: 'limits,everything' })).toEqual([expect.stringContaining('ALLOW_INSECURE')]);
    });
  });
});
