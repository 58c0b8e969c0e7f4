import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import type { PublicKey } from '@open-cpo/contracts';

/** A key as a private JWK (RFC 7517); one that no longer signs may be without its private part `d`. */
export interface Jwk {
  readonly kid?: string;
  readonly kty?: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly d?: string;
}

/** What tokens are signed with, and what they may have been signed with. */
export interface KeySet {
  readonly kid: string;
  readonly signing: KeyObject;
  /** The current one first. */
  readonly published: readonly PublicKey[];
}

/** RFC 7638, for keys that have no name. */
const thumbprint = ({ crv, kty, x, y }: Jwk): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');

function publicPart(jwk: Jwk, index: number): PublicKey {
  const { kty, crv, x, y } = jwk;
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y) {
    throw new Error(`Signing key ${index + 1} is not an EC key on the curve P-256.`);
  }
  return { kid: jwk.kid || thumbprint(jwk), kty, crv, x, y };
}

/** @throws Error that says which key cannot be used; nothing of the key is in it. */
export function keySet(jwks: readonly Jwk[]): KeySet {
  const [first] = jwks;
  if (!first?.d) throw new Error('The first signing key is missing or has no private part.');
  const published = jwks.map(publicPart);
  const kids = published.map(({ kid }) => kid);
  if (new Set(kids).size < kids.length) throw new Error('Two signing keys have the same kid.');
  return { kid: kids[0] as string, signing: privateKey(first, published[0] as PublicKey), published };
}

/** A private part that does not belong to the public one would sign tokens that no service accepts. */
function privateKey(jwk: Jwk, published: PublicKey): KeyObject {
  const probe = Buffer.from('probe');
  try {
    const signing = createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' });
    const verifying = createPublicKey({ key: { ...published }, format: 'jwk' });
    if (verify('sha256', probe, verifying, sign('sha256', probe, signing))) return signing;
  } catch {
    // What OpenSSL says of a key may hold a part of it.
  }
  throw new Error('The first signing key cannot be used.');
}

/** A new key. */
export function newKey(): Jwk & { readonly kid: string } {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as Jwk;
  return { ...jwk, kid: thumbprint(jwk) };
}
