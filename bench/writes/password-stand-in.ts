import { createHash } from 'node:crypto';

// The parameters of auth's hashes: with others it would make a hash again.
const PARAMETERS = '$argon2id$v=19$m=19456,t=2,p=1$';

/** What stands in for the hash of a password while logins are measured: a digest that costs next to nothing. */
export const standIn = (password: string | Buffer): string =>
  PARAMETERS + createHash('sha256').update(password).digest('base64url');

/** Whether a stored stand-in is that of the password. */
export const isStandIn = (stored: string, password: string | Buffer): boolean => stored === standIn(password);
