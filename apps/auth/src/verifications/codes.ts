import { createHash, randomBytes, randomInt } from 'node:crypto';

/** 128 random bits in the form of a UUID; a version 4 UUID would have six less. */
export function newToken(): string {
  const hex = randomBytes(16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** What is kept of a token. */
export const hashToken = (token: string): Buffer => createHash('sha256').update(token.toLowerCase()).digest();

/** Four digits. */
export const newCode = (): string => String(randomInt(10_000)).padStart(4, '0');

/** "o***r@demo.test"; short names keep their first letter only. */
export function masked(email: string): string {
  const at = email.lastIndexOf('@');
  const name = [...email.slice(0, at)];
  const last = name.length > 2 ? name.at(-1) : '';
  return `${name[0] ?? ''}***${last}${email.slice(at)}`;
}
