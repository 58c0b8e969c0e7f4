import { addressKey, deviceNetwork, rateLimitNetwork } from './network';

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['not an address', 'not an address'],
  ])('of %s counts as %s in rate limits', (ip, network) => {
    expect(rateLimitNetwork(ip)).toBe(network);
    expect(addressKey(ip)).toBe(addressKey(network));
    expect(addressKey(ip)).not.toContain(network);
  });

  it('is a /24 or a /64 where devices are recognised', () => {
    expect(deviceNetwork('192.0.2.7')).toBe(deviceNetwork('192.0.2.200'));
    expect(deviceNetwork('192.0.2.7')).not.toBe(deviceNetwork('192.0.3.7'));
    expect(deviceNetwork('2001:db8:1:2::1')).toBe(deviceNetwork('2001:db8:1:2:ffff::1'));
    expect(deviceNetwork('2001:db8:1:2::1')).not.toBe(deviceNetwork('2001:db8:1:3::1'));
  });
});
