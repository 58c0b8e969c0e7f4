import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that one customer has: half of the address is theirs to vary. */
const NETWORK = 4;

/** What stands for a network address in counts: an IPv4 address, or the network of an IPv6 one. Redis learns neither. */
export const addressKey = (ip: string): string => createHash('sha256').update(networkOf(ip)).digest('base64url');

/** The part of an address that its user cannot change at will. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = (ip.split('%')[0] ?? '').toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups
    .slice(0, NETWORK)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
