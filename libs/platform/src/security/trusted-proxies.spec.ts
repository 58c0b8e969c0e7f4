import { TrustedProxies } from './trusted-proxies';

const proxies = new TrustedProxies('10.0.0.0/8, ::1');
const from = (forwarded: string, remoteAddress = '10.0.0.1') =>
  proxies.originOf({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } } as never).address;

describe('trusted proxies', () => {
  it.each([
    ['8.8.8.8', '8.8.8.8'],
    ['1.1.1.1, 8.8.8.8, 10.1.2.3', '8.8.8.8'],
    ['8.8.8.8, ::ffff:10.1.2.3', '8.8.8.8'],
    ['6.6.6.6, 9.9.9.9:1234', '9.9.9.9'],
    ['6.6.6.6, [2001:db8::1]:44', '2001:db8::1'],
    ['6.6.6.6, unknown', '10.0.0.1'],
    ['nobody', '10.0.0.1'],
    ['', '10.0.0.1'],
  ])('say the client of %j', (forwarded, address) => {
    expect(from(forwarded)).toBe(address);
  });

  it('say nothing for others', () => {
    expect(from('8.8.8.8', '9.9.9.9')).toBe('9.9.9.9');
  });

  it('look at the last addresses alone', () => {
    expect(from(`8.8.8.8${',10.0.0.1'.repeat(15)}`)).toBe('8.8.8.8');
    expect(from(`8.8.8.8${',10.0.0.1'.repeat(16)}`)).toBe('10.0.0.1');
    expect([proxies.isTrusted('10.0.0.1', 15), proxies.isTrusted('10.0.0.1', 16)]).toEqual([true, false]);
  });

  it.each(['proxy', '10.0.0.0/8, x'])('refuse %j', (list) => {
    expect(() => new TrustedProxies(list)).toThrow('TRUSTED_PROXIES');
  });
});
