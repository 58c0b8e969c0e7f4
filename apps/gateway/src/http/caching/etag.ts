import { hash } from 'node:crypto';
import type { Coding } from '../negotiation';
import type { Route } from '../route';

/**
 * A validator made of the answer's own bytes: the same on every replica, and the same again when a change is undone.
 * Weak, because the same answer may go out compressed or not.
 */
export const tagOf = (bytes: Uint8Array): string => `W/"${hash('sha1', bytes, 'base64').slice(0, 22)}"`;

const TAG = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;
const opaque = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : tag);

/** Whether `If-None-Match` or `If-Match` names the tag, by the weak comparison of RFC 9110; `*` names whatever there is. */
export function etagMatches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header === tag || header.trim() === '*') return true;
  return [...header.matchAll(TAG)].some(([, one]) => one === opaque(tag));
}

/** A response with an ETag: a client that has it already gets 304. */
export interface Tagged {
  readonly body: Buffer;
  readonly tag: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The same bytes compressed, made when they are first wanted. */
  readonly compressed: Map<Coding, Promise<Buffer>>;
}

export const tagged = (body: Buffer, headers: Readonly<Record<string, string>>): Tagged => ({
  body,
  headers,
  tag: tagOf(body),
  compressed: new Map(),
});

/** Files have ETags of their own, events and empty responses none. */
const WITHOUT_ETAG: readonly string[] = ['X', 'S', 'Z', 'A-bare'];

/** Whether its responses carry an `ETag` and a conditional request gets 304. */
export const isConditional = ({ method, changes, envelope }: Pick<Route, 'method' | 'changes' | 'envelope'>): boolean =>
  method === 'GET' && !changes && !(envelope && WITHOUT_ETAG.includes(envelope.letter));
