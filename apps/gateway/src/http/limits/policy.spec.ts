import { readConfig } from '@open-cpo/platform';
import { GatewayConfig } from '../../config';
import { policyOf } from './policy';

const NEEDED = { NATS_URL: 'nats://127.0.0.1:1', REDIS_URL: 'redis://127.0.0.1:1' };

describe('a limit as it is set', () => {
  it('is so many requests in so many seconds', () => {
    expect(policyOf('login', '600/60')).toEqual({ name: 'login', requests: 600, seconds: 60 });
  });

  it('may be off', () => {
    expect(policyOf('login', 'off')).toBeUndefined();
  });

  it.each(['600', '600/', '0/60', '600/0', '-1/60', '6e2/60', ' 600/60', '600/60;drop', 'on', '999999999/60'])(
    'is refused at start when it is "%s"',
    (setting) => {
      const env = { ...NEEDED, RATE_LIMIT_LOGIN: setting };
      expect(() => readConfig(GatewayConfig, env)).toThrow(/rateLimitLogin|RATE_LIMIT_LOGIN/);
    },
  );

  it('is generous where nobody set it, and off for whatever is not guessed at', () => {
    expect(readConfig(GatewayConfig, NEEDED)).toMatchObject({
      rateLimitCaller: 'off',
      rateLimitAddress: 'off',
      rateLimitLogin: '600/60',
      rateLimitReset: '600/60',
    });
  });
});
