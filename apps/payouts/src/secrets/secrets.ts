import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Opened, openedWith } from '@open-cpo/persistence';
import { PayoutsConfig } from '../config';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/** What a secret is for; each purpose has a key of its own. */
export type SecretPurpose = 'details' | 'documents' | 'recipients';

/** Keeps what is secret at rest, by the key that configuration gives. What one account sealed opens for no other. */
@Injectable()
export class Secrets {
  private readonly root: Buffer;
  /** What is sealed is read with the first that fits. */
  private readonly roots: readonly Buffer[];

  constructor({ secretsKey, secretsKeyBefore }: PayoutsConfig) {
    this.root = Buffer.from(secretsKey, 'base64');
    this.roots = secretsKeyBefore ? [this.root, Buffer.from(secretsKeyBefore, 'base64')] : [this.root];
  }

  /** Tells this installation from others that speak to the same provider. */
  get installation(): string {
    return createHmac('sha256', this.root).update('open-cpo payouts installation').digest('hex').slice(0, 16);
  }

  seal(purpose: SecretPurpose, accountId: number, plain: string | Uint8Array): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, keyOf(this.root, purpose), iv).setAAD(Buffer.from(String(accountId)));
    const bytes = typeof plain === 'string' ? Buffer.from(plain) : plain;
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was sealed with another key or for another account, or has been changed. */
  unseal(purpose: SecretPurpose, accountId: number, sealed: Buffer): Buffer {
    return this.open(purpose, accountId, sealed).plain;
  }

  /** Sealed with the current key; nothing where it is already. @throws Error as `unseal` */
  reseal(purpose: SecretPurpose, accountId: number, sealed: Buffer): Buffer | undefined {
    const { plain, isCurrent } = this.open(purpose, accountId, sealed);
    return isCurrent ? undefined : this.seal(purpose, accountId, plain);
  }

  private open(purpose: SecretPurpose, accountId: number, sealed: Buffer): Opened<Buffer> {
    return openedWith(this.roots, (root) => opened(keyOf(root, purpose), accountId, sealed));
  }
}

const keyOf = (root: Buffer, purpose: SecretPurpose): Buffer =>
  Buffer.from(hkdfSync('sha256', root, '', `open-cpo payouts ${purpose}`, 32));

function opened(key: Buffer, accountId: number, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV));
  decipher.setAAD(Buffer.from(String(accountId))).setAuthTag(sealed.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]);
}
