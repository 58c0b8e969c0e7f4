import { isLoopback, isPublicAddress } from './public-address';

describe('a public address', () => {
  it.each(['8.8.8.8', '1.1.1.1', '93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '[2001:4860:4860::8888]'])(
    'is %s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine', '127.9.9.9'],
    ['this machine', '::1'],
    ['nowhere', '0.0.0.0'],
    ['nowhere', '::'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.16.0.1'],
    ['a private network', '192.168.1.1'],
    ['a private network', 'fd00::1'],
    ['the metadata of a cloud', '169.254.169.254'],
    ['a link', 'fe80::1'],
    ['a link with a zone', 'fe80::1%eth0'],
    ['a carrier’s NAT', '100.64.0.1'],
    ['a benchmark', '198.18.0.1'],
    ['documentation', '192.0.2.1'],
    ['documentation', '2001:db8::1'],
    ['multicast', '224.0.0.1'],
    ['multicast', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['an IPv4 address in IPv6', '::ffff:127.0.0.1'],
    ['an IPv4 address in IPv6', '::ffff:a00:1'],
    ['an IPv4 address in the oldest form of IPv6', '::127.0.0.1'],
    ['an IPv4 address in the oldest form of IPv6', '::a00:1'],
    ['an IPv4 address behind NAT64', '64:ff9b::7f00:1'],
    ['an IPv4 address behind a NAT64 of its own', '64:ff9b:1::7f00:1'],
    ['nobody’s', '4000::1'],
    ['an IPv4 address by 6to4', '2002:7f00:1::'],
    ['a Teredo tunnel', '2001:0:7f00:1::'],
    ['a name', 'localhost'],
    ['nothing', ''],
  ])('is not %s: %s', (_, address) => expect(isPublicAddress(address)).toBe(false));
});

it('what leads back to this machine is known in every form', () => {
  expect(['127.0.0.1', '127.1.2.3', '::1', '[::1]', '::ffff:127.0.0.1'].map(isLoopback)).toEqual(Array(5).fill(true));
  expect(['10.0.0.1', '8.8.8.8', '::', 'localhost'].map(isLoopback)).toEqual(Array(4).fill(false));
});
