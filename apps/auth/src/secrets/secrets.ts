import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuthConfig } from '../config';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/** What a secret is for; each purpose has a key of its own. */
export type SecretPurpose = 'emails' | 'signing-keys' | 'codes';

/** Keeps what is secret at rest, by the key that configuration gives. */
@Injectable()
export class Secrets {
  private readonly keys = new Map<SecretPurpose, Buffer>();
  private readonly root: Buffer;

  constructor({ secretsKey }: AuthConfig) {
    this.root = Buffer.from(secretsKey, 'base64');
  }

  seal(purpose: SecretPurpose, plain: string): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, this.key(purpose), iv);
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was sealed with another key or has been changed. */
  unseal(purpose: SecretPurpose, sealed: Buffer): string {
    const decipher = createDecipheriv(CIPHER, this.key(purpose), sealed.subarray(0, IV));
    decipher.setAuthTag(sealed.subarray(IV, IV + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]).toString('utf8');
  }

  /** A keyed hash: ten thousand codes are quickly tried, but not without the key. */
  mac(purpose: SecretPurpose, ...parts: readonly (Buffer | string)[]): Buffer {
    const mac = createHmac('sha256', this.key(purpose));
    for (const part of parts) mac.update(part);
    return mac.digest();
  }

  private key(purpose: SecretPurpose): Buffer {
    const known = this.keys.get(purpose);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', this.root, '', `open-cpo auth ${purpose}`, 32));
    this.keys.set(purpose, key);
    return key;
  }
}
