import { hash } from 'node:crypto';

/**
 * A validator made of the answer's own bytes: the same on every replica, and the same again when a change is undone.
 * Weak, because the same answer may go out compressed or not.
 */
export const tagOf = (bytes: Uint8Array): string => `W/"${hash('sha1', bytes, 'base64').slice(0, 22)}"`;

const TAG = /(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g;
const opaque = (tag: string): string => (tag.startsWith('W/') ? tag.slice(2) : tag);

/** Whether `If-None-Match` names the tag, by the weak comparison of RFC 9110; `*` names whatever there is. */
export function names(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  if (header === tag || header.trim() === '*') return true;
  return [...header.matchAll(TAG)].some(([, one]) => one === opaque(tag));
}
