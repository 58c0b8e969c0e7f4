import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Opened, openedWith } from '@open-cpo/persistence';
import { AuthConfig } from '../config';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/** What a secret is for; each purpose has a key of its own. */
export type SecretPurpose = 'emails' | 'signing-keys' | 'codes' | 'networks' | 'password-hints' | 'totp' | 'passkeys';

/** Keeps what is secret at rest, by the key that configuration gives. */
@Injectable()
export class Secrets {
  private readonly keys = new Map<string, Buffer>();
  private readonly root: Buffer;
  /** What is sealed is read with the first that fits. */
  private readonly roots: readonly Buffer[];

  constructor({ secretsKey, secretsKeyBefore }: AuthConfig) {
    this.root = Buffer.from(secretsKey, 'base64');
    this.roots = secretsKeyBefore ? [this.root, Buffer.from(secretsKeyBefore, 'base64')] : [this.root];
  }

  seal(purpose: SecretPurpose, plain: string): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, this.key(purpose), iv);
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was sealed with another key or has been changed. */
  unseal(purpose: SecretPurpose, sealed: Buffer): string {
    return this.open(purpose, sealed).plain;
  }

  /** Sealed with the current key; nothing where it is already. @throws Error as `unseal` */
  reseal(purpose: SecretPurpose, sealed: Buffer): Buffer | undefined {
    const { plain, isCurrent } = this.open(purpose, sealed);
    return isCurrent ? undefined : this.seal(purpose, plain);
  }

  private open(purpose: SecretPurpose, sealed: Buffer): Opened<string> {
    return openedWith(this.roots, (root) => opened(this.key(purpose, root), sealed));
  }

  /** A keyed hash: ten thousand codes are quickly tried, but not without the key. */
  mac(purpose: SecretPurpose, ...parts: readonly (Buffer | string)[]): Buffer {
    const mac = createHmac('sha256', this.key(purpose));
    for (const part of parts) mac.update(part);
    return mac.digest();
  }

  private key(purpose: SecretPurpose, root = this.root): Buffer {
    const name = `${purpose} ${this.roots.indexOf(root)}`;
    const known = this.keys.get(name);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', root, '', `open-cpo auth ${purpose}`, 32));
    this.keys.set(name, key);
    return key;
  }
}

function opened(key: Buffer, sealed: Buffer): string {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV));
  decipher.setAuthTag(sealed.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]).toString('utf8');
}
