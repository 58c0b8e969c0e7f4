import type { FastifyReply } from 'fastify';

/** Days are ISO dates; they count from midnight UTC. */
export interface Deprecated {
  /** Since when clients should no longer use it. */
  readonly since: string;
  /** From when on it may be gone: half a year later at least. */
  readonly sunset?: string;
  /** What takes its place: a path of the API. */
  readonly instead?: string;
}

/** Where what is deprecated is marked, with what takes its place. */
const POLICY = '/docs';

/** `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and links to the policy and to what takes its place. */
export function deprecationHeaders({ since, sunset, instead }: Deprecated): Record<string, string> {
  const links = [`<${POLICY}>; rel="deprecation"`, ...(instead ? [`<${instead}>; rel="successor-version"`] : [])];
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    ...(sunset ? { sunset: new Date(sunset).toUTCString() } : {}),
    link: links.join(', '),
  };
}

const known = new WeakMap<Deprecated, Record<string, string>>();

/** Tells who asks that they should stop doing so. */
export function announce(deprecated: Deprecated, reply: FastifyReply): void {
  const headers = known.get(deprecated) ?? deprecationHeaders(deprecated);
  known.set(deprecated, headers);
  reply.headers(headers);
}

/** The same in words, for the document. */
export const deprecationText = ({ since, sunset, instead }: Deprecated): string =>
  [
    `Deprecated since ${since}${sunset ? `, to be removed after ${sunset}` : ''}.`,
    ...(instead ? [`Use \`${instead}\` instead.`] : []),
  ].join(' ');
