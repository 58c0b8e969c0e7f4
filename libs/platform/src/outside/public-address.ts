import { isValid, parse, parseCIDR } from 'ipaddr.js';

/** All of IPv6 that registries give to the public internet; outside of it lie, among others, forms of IPv4 addresses. */
const PUBLIC_IPV6 = parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the public internet. Everything that registries keep for something else is not:
 * loopback, private and link-local networks, carriers' NAT, multicast, and IPv6 forms that hide an IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  const address = bare(text);
  if (!isValid(address)) return false;
  const parsed = parse(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || parsed.match(PUBLIC_IPV6));
}

/** Whether it leads back to this machine, also in the form of IPv6 that holds an IPv4 address. */
export function isLoopback(text: string): boolean {
  const address = bare(text);
  if (!isValid(address)) return false;
  const parsed = parse(address);
  return parsed.range() === 'loopback' || /^::ffff:(127\.|7f)/i.test(address);
}

/** Without the brackets of a URL. */
const bare = (text: string): string => text.replace(/^\[(.*)\]$/, '$1');
