import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Opened, openedWith } from '@open-cpo/persistence';
import { NotificationsConfig } from '../config';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/** Keeps what is secret at rest, by the key that configuration gives. What one account sealed opens for no other. */
@Injectable()
export class Secrets {
  private readonly key: Buffer;
  /** What is sealed is read with the first that fits. */
  private readonly keys: readonly Buffer[];

  constructor({ secretsKey, secretsKeyBefore }: NotificationsConfig) {
    this.key = keyOf(secretsKey);
    this.keys = secretsKeyBefore ? [this.key, keyOf(secretsKeyBefore)] : [this.key];
  }

  seal(accountId: number, plain: string): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, this.key, iv).setAAD(Buffer.from(String(accountId)));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was sealed with neither key or for another account, or has been changed. */
  unseal(accountId: number, sealed: Buffer): string {
    return this.open(accountId, sealed).plain;
  }

  /** Sealed with the current key; nothing where it is already. @throws Error as `unseal` */
  reseal(accountId: number, sealed: Buffer): Buffer | undefined {
    const { plain, isCurrent } = this.open(accountId, sealed);
    return isCurrent ? undefined : this.seal(accountId, plain);
  }

  private open(accountId: number, sealed: Buffer): Opened<string> {
    return openedWith(this.keys, (key) => opened(key, accountId, sealed));
  }
}

const keyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'base64'), '', 'open-cpo notifications webhooks', 32));

function opened(key: Buffer, accountId: number, sealed: Buffer): string {
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, IV));
  decipher.setAAD(Buffer.from(String(accountId))).setAuthTag(sealed.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]).toString('utf8');
}
