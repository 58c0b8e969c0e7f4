import { parse, isValid } from 'ipaddr.js';

/**
 * Whether an IP address is one of the public internet. Everything that registries keep for something else is not:
 * loopback, private and link-local networks, carriers' NAT, multicast, and IPv6 forms that hide an IPv4 address.
 */
export function isPublicAddress(text: string): boolean {
  const address = bare(text);
  return isValid(address) && parse(address).range() === 'unicast';
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
