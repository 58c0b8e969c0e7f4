import type { IncomingMessage } from 'node:http';

const KEY = /^[+/0-9A-Za-z]{22}==$/;
const VERSIONS = ['8', '13'];
const TOKENS = /^[\w!#$%&'*+.^`|~-]+(?:[ \t]*,[ \t]*[\w!#$%&'*+.^`|~-]+)*$/;

/** Whether there will be a socket when a request is accepted: one that cannot have any takes over from none. */
export function isHandshake({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean {
  const { upgrade, connection = '' } = headers;
  if (method !== 'GET' || upgrade?.toLowerCase() !== 'websocket' || !/\bupgrade\b/i.test(connection)) return false;
  const version = headers['sec-websocket-version'] ?? '';
  return KEY.test(headers['sec-websocket-key'] ?? '') && VERSIONS.includes(version) && areProtocols(headers);
}

/** A list of different names, or none. */
function areProtocols({ 'sec-websocket-protocol': header }: IncomingMessage['headers']): boolean {
  if (header === undefined) return true;
  const names = header.split(',').map((one) => one.trim());
  return TOKENS.test(header) && new Set(names).size === names.length;
}
