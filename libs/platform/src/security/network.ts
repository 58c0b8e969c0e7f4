import { createHash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** Groups of an IPv6 address that one customer has: half of the address is theirs to vary. */
const IPV6_GROUPS = 4;
/** Bytes of an IPv4 address that stay the same when a provider gives its customer another one. */
const IPV4_BYTES = 3;

/** The key of a network address in rate limit counters: an IPv4 address or an IPv6 /64, hashed. Redis learns neither. */
export const addressKey = (ip: string): string => createHash('sha256').update(rateLimitNetwork(ip)).digest('base64url');

/** What rate limits count as one address: the IPv4 address, or the /64 of an IPv6 one. */
export function rateLimitNetwork(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = (ip.split('%')[0] ?? '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups
    .slice(0, IPV6_GROUPS)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** The network that a person's device is recognised by: an IPv4 /24 or an IPv6 /64. */
export function deviceNetwork(ip: string): string {
  const network = rateLimitNetwork(ip);
  return isIPv4(network) ? network.split('.').slice(0, IPV4_BYTES).join('.') : network;
}
