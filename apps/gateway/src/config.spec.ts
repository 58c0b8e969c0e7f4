import { ConfigError, readConfig } from '@open-cpo/platform';
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
});
