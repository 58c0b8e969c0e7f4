import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { NotificationsConfig } from '../config';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/** Keeps what is secret at rest, by the key that configuration gives. What one account sealed opens for no other. */
@Injectable()
export class Secrets {
  private readonly key: Buffer;

  constructor({ secretsKey }: NotificationsConfig) {
    const root = Buffer.from(secretsKey, 'base64');
    this.key = Buffer.from(hkdfSync('sha256', root, '', 'open-cpo notifications webhooks', 32));
  }

  seal(accountId: number, plain: string): Buffer {
    const iv = randomBytes(IV);
    const cipher = createCipheriv(CIPHER, this.key, iv).setAAD(Buffer.from(String(accountId)));
    const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error when it was sealed with another key or for another account, or has been changed. */
  unseal(accountId: number, sealed: Buffer): string {
    const decipher = createDecipheriv(CIPHER, this.key, sealed.subarray(0, IV));
    decipher.setAAD(Buffer.from(String(accountId))).setAuthTag(sealed.subarray(IV, IV + TAG));
    return Buffer.concat([decipher.update(sealed.subarray(IV + TAG)), decipher.final()]).toString('utf8');
  }
}
