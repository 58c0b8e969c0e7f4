import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Caller } from '@open-cpo/contracts';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Keys of one user are nothing to another; anonymous clients are distinguished by address. */
function scopeOf({ identity, ip }: Caller): string {
  if (identity) return `account ${identity.accountId} user ${identity.userId}`;
  return ip ? `stranger ${sha256(ip)}` : 'internal';
}

/**
 * What a client's `Idempotency-Key` is in the database. Everything is derived from the key itself, which is not stored:
 * who has the table alone can neither read an answer (it may hold a token) nor guess the request that led to it.
 */
export class IdempotencyKey {
  /** Names the row. */
  readonly id: Buffer;
  /** For the advisory lock; a signed 64-bit integer as text. */
  readonly lock: string;
  /** Tells one request from another. */
  readonly bodyMac: Buffer;
  private readonly secret: Buffer;

  constructor(subject: string, caller: Caller, body: Uint8Array) {
    const material = hkdfSync('sha256', caller.idempotencyKey ?? '', `${scopeOf(caller)} ${subject}`, 'open-cpo', 96);
    const bytes = Buffer.from(material);
    this.id = bytes.subarray(0, 32);
    this.lock = this.id.readBigInt64BE().toString();
    this.bodyMac = createHmac('sha256', bytes.subarray(32, 64)).update(body).digest();
    this.secret = createHmac('sha256', bytes.subarray(64)).update(body).digest();
  }

  seal(plain: Uint8Array): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, this.secret, iv);
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  unseal(sealed: Buffer): Buffer {
    const decipher = createDecipheriv(CIPHER, this.secret, sealed.subarray(0, IV));
    decipher.setAuthTag(sealed.subarray(IV, IV + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]);
  }
}
