import { isIP } from 'node:net';
import { isLoopback, isPublicAddress } from './public-address';

/** Ports that web servers are reached by. */
const PORTS = ['', '443', '8443'];
/** Names that lead to this machine or network, whatever they are resolved to. */
const INSIDE = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|arpa)$/;

/**
 * What is wrong with an address that somebody else has given us to send to, or nothing. `local`: this machine may be named,
 * without encryption and on any port, for tests and development. What a name is resolved to is judged when it is used.
 */
export function targetProblem(text: string, local: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return 'must be a URL';
  if (url.username !== '' || url.password !== '') return 'must not contain credentials';
  const host = url.hostname.replace(/\.$/, '').toLowerCase();
  if (local && (host === 'localhost' || isLoopback(host)) && /^https?:$/.test(url.protocol)) return undefined;
  if (url.protocol !== 'https:') return 'must begin with https://';
  if (!PORTS.includes(url.port)) return 'must use port 443 or 8443';
  return leadsOutside(host) ? undefined : 'must be a public address';
}

/** The host of an address that is stored: what else it holds may be a secret. */
export const hostOf = (text: string): string => (URL.canParse(text) ? new URL(text).host : '?');

/** By the name or the address alone, before anything is resolved. */
const leadsOutside = (host: string): boolean =>
  isIP(host.replace(/^\[|\]$/g, '')) > 0 ? isPublicAddress(host) : host.includes('.') && !INSIDE.test(host);

/** Whether a connection may be made to an address that a name was resolved to. */
export const isTarget = (address: string, local: boolean): boolean =>
  isPublicAddress(address) || (local && isLoopback(address));
