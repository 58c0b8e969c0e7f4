import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal, type UploadedFile } from '@open-cpo/contracts';
import { nanos, type ObjectStore } from 'nats';
import { Broker } from '../broker';

const CIPHER = 'aes-256-gcm';
const IV = Buffer.alloc(12);
const TAG = 16;
const BUCKET = 'UPLOADS';
/** Minutes in which a service takes what the edge has put there. */
const KEPT = 10;
const ROOM = 1024 * 1024 * 1024;

/**
 * Files on their way from the edge to a service: too large for a message, so they lie in the object store for minutes,
 * encrypted. The key travels with the request alone. A list of providers names it where it is needed.
 */
@Injectable()
export class Uploads {
  constructor(private readonly broker: Broker) {}

  /**
   * The same file of the same owner gives the same reference, so that a repeated request is the same request. Each file
   * has a key of its own, which never encrypts anything else.
   * @throws Refusal `service_unavailable`
   */
  async keep(bytes: Uint8Array, owner: string): Promise<UploadedFile> {
    const key = createHmac('sha256', `open-cpo upload ${owner}`).update(bytes).digest();
    const cipher = createCipheriv(CIPHER, key, IV);
    const sealed = Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    const object = createHash('sha256').update(key).digest('hex');
    const store = await this.store();
    await store.putBlob({ name: object }, sealed).catch(away);
    return { object, key: key.toString('base64'), size: bytes.length };
  }

  /**
   * What was kept.
   * @throws Refusal `service_unavailable` when it is not there any more, or was tampered with: it can be sent again
   */
  async fetch({ object, key }: UploadedFile): Promise<Uint8Array> {
    const store = await this.store();
    const sealed = await store.getBlob(object).catch(away);
    if (!sealed || sealed.length < TAG) return away(new Error(`no upload ${object}`));
    try {
      const decipher = createDecipheriv(CIPHER, Buffer.from(key, 'base64'), IV);
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
      return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG)), decipher.final()]);
    } catch (error) {
      return away(error);
    }
  }

  private store(): Promise<ObjectStore> {
    const nats = this.broker.connection();
    const options = { ttl: nanos(KEPT * 60_000), max_bytes: ROOM };
    return nats.jetstream().views.os(BUCKET, options).catch(away);
  }
}

function away(cause: unknown): never {
  throw cause instanceof Refusal ? cause : new Refusal('service_unavailable', { cause });
}
