import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Bytes of a charger's password: those of the `AuthorizationKey` of OCPP. */
const SECRET_BYTES = 20;
/** Stands for the hash of an identity that there is not, so that it takes the same time. */
const NO_HASH = randomBytes(32);

/** A new password, in hexadecimal. */
export const newPassword = (): string => randomBytes(SECRET_BYTES).toString('hex');

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** What is kept of a password. It is random, so that a fast hash is enough: a storm of reconnections hashes each. */
export const hashOf = (password: string): Buffer => sha256(Buffer.from(password, 'hex'));

/** Whether one of the readings of a password is the one of the hash; takes the same time for a hash that there is not. */
export function isPassword(readings: readonly Uint8Array[], hash: Buffer | null | undefined): boolean {
  const wanted = hash ?? NO_HASH;
  const equal = readings.map((one) => timingSafeEqual(sha256(one), wanted));
  return equal.includes(true) && Boolean(hash);
}
