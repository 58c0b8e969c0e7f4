import { readConfig } from '@open-cpo/platform';
import { GatewayConfig } from '../../config';
import { addressKey, networkOf } from './address';
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

describe('a network address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2'],
    ['2001:DB8:1:2:ffff::', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['nonsense', 'nonsense'],
  ])('%s is counted as %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });

  it('is not told to Redis', () => {
    expect(addressKey('192.0.2.1')).toMatch(/^[\w-]{43}$/);
    expect(addressKey('2001:db8:1:2::1')).toBe(addressKey('2001:db8:1:2::2'));
    expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
  });
});
