import type { FastifyReply } from 'fastify';

/** Days are ISO dates; they count from midnight UTC. */
export interface Deprecated {
  /** When it was deprecated. */
  readonly since: string;
  /** When it may be removed: half a year later at least. */
  readonly sunset?: string;
  /** The successor: a path of the API. */
  readonly instead?: string;
}

/** The page that lists deprecated operations and their successors. */
const POLICY = '/docs';

/** `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and links to the policy and to the successor. */
export function deprecationHeaders({ since, sunset, instead }: Deprecated): Record<string, string> {
  const links = [`<${POLICY}>; rel="deprecation"`, ...(instead ? [`<${instead}>; rel="successor-version"`] : [])];
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    ...(sunset ? { sunset: new Date(sunset).toUTCString() } : {}),
    link: links.join(', '),
  };
}

const known = new WeakMap<Deprecated, Record<string, string>>();

/** Adds the headers of a deprecated route. */
export function announce(deprecated: Deprecated, reply: FastifyReply): void {
  const headers = known.get(deprecated) ?? deprecationHeaders(deprecated);
  known.set(deprecated, headers);
  reply.headers(headers);
}

/** The same as text, for the OpenAPI document. */
export const deprecationText = ({ since, sunset, instead }: Deprecated): string =>
  [
    `Deprecated since ${since}${sunset ? `, to be removed after ${sunset}` : ''}.`,
    ...(instead ? [`Use \`${instead}\` instead.`] : []),
  ].join(' ');
