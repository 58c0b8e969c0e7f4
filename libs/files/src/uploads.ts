import { createCipheriv, createDecipheriv, createHash, type Hash, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal, type UploadedFile } from '@open-cpo/contracts';
import { Broker } from '@open-cpo/messaging';
import { BrokerFiles } from './broker-files';
import { UPLOADS } from './layout';

const CIPHER = 'aes-256-gcm';
const KEY = 32;
const IV = 12;
const TAG = 16;

/** Whose a file is, and the client's idempotency key where it gave one. */
export interface Uploader {
  readonly owner: string;
  readonly idempotencyKey?: string;
}

/**
 * Files on their way from the edge to a service: too large for a message, so they lie in the object store for minutes,
 * encrypted. The key travels with the request alone. A list of providers names it where it is needed.
 */
@Injectable()
export class Uploads {
  private readonly files: BrokerFiles;

  constructor(broker: Broker) {
    this.files = new BrokerFiles(broker, UPLOADS);
  }

  /**
   * Encrypts and stores a file in pieces. The same file with the same idempotency key gives the same reference, so that a
   * repeated request is the same request; without one, two files cannot be recognised as the same.
   * @throws Refusal `service_unavailable`, or whatever the bytes end with; nothing is left behind then
   */
  async keep(bytes: AsyncIterable<Uint8Array>, uploader: Uploader): Promise<UploadedFile> {
    const key = keyOf(uploader);
    const object = createHash('sha256').update(key).digest('hex');
    const hash = createHash('sha256');
    const size = { bytes: 0 };
    await this.files.write(object, sealed(bytes, key, hash, size)).catch(unavailable);
    return { object, key: key.toString('base64'), size: size.bytes, digest: hash.digest('base64url') };
  }

  /**
   * What was kept.
   * @throws Refusal `service_unavailable` when it is not there any more, or is not what was kept: it can be sent again
   */
  async fetch({ object, key, digest }: UploadedFile): Promise<Uint8Array> {
    try {
      const file = await this.files.open(object);
      const pieces: Uint8Array[] = [];
      for await (const piece of file.read()) pieces.push(piece);
      const bytes = unsealed(Buffer.concat(pieces, file.size), Buffer.from(key, 'base64'));
      if (createHash('sha256').update(bytes).digest('base64url') !== digest)
        throw new Error(`another upload ${object}`);
      return bytes;
    } catch (error) {
      return unavailable(
        error instanceof Refusal && error.kind === 'unavailable' ? error : new Error('no upload', { cause: error }),
      );
    }
  }
}

/** A key is used with a fresh initialization vector each time. */
const keyOf = ({ owner, idempotencyKey }: Uploader): Buffer =>
  idempotencyKey === undefined
    ? randomBytes(KEY)
    : Buffer.from(hkdfSync('sha256', idempotencyKey, `open-cpo upload ${owner}`, 'upload', KEY));

async function* sealed(
  source: AsyncIterable<Uint8Array>,
  key: Buffer,
  hash: Hash,
  size: { bytes: number },
): AsyncGenerator<Uint8Array> {
  const iv = randomBytes(IV);
  const cipher = createCipheriv(CIPHER, key, iv);
  yield iv;
  for await (const bytes of source) {
    hash.update(bytes);
    size.bytes += bytes.length;
    yield cipher.update(bytes);
  }
  yield cipher.final();
  yield cipher.getAuthTag();
}

function unsealed(bytes: Buffer, key: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV));
  const end = bytes.length - TAG;
  decipher.setAuthTag(bytes.subarray(end));
  return Buffer.concat([decipher.update(bytes.subarray(IV, end)), decipher.final()]);
}

function unavailable(cause: unknown): never {
  throw cause instanceof Refusal ? cause : new Refusal('service_unavailable', { cause });
}
