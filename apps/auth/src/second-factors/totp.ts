import { Secret, TOTP } from 'otpauth';

/** As authenticator apps take it: SHA-1, six digits, thirty seconds (RFC 6238, key URI format). */
const PERIOD_SECONDS = 30;
/** Time steps by which the clock of a device may differ. */
const WINDOW = 1;
/** 160 bits, as long as the hash (RFC 4226, section 4). */
const SECRET_BYTES = 20;
const ISSUER = 'Open CPO';

const totp = (secret: Secret, label = ''): TOTP =>
  new TOTP({ issuer: ISSUER, label, secret, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS });

/** A secret for a new authenticator app, as text in base 32 and as key URI. */
export function newTotp(email: string): { secret: string; uri: string } {
  const secret = new Secret({ size: SECRET_BYTES });
  return { secret: secret.base32, uri: totp(secret, email).toString() };
}

/** The time step that a code is of; nothing for a wrong one. */
export function stepOf(secret: string, code: string, now = Date.now()): number | undefined {
  const delta = totp(Secret.fromBase32(secret)).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD_SECONDS) + delta;
}
