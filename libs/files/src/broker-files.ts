import { jetstreamManager } from '@nats-io/jetstream';
import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { applyStream, Broker } from '@open-cpo/messaging';
import { FileStore, type OpenFile, type StoredFile } from './file-store';
import { type Bucket, type Entry, EXPORTS, hexOf, metaSubject, streamConfig, streamOf } from './layout';
import { damaged, readPieces } from './pieces-reader';
import { type StorePlace, stored } from './stored';
import { removeFile, writeFile } from './write';

/**
 * Files in the broker's object store. Unlike the client library's own it writes and reads as fast as the other side
 * takes.
 */
@Injectable()
export class BrokerFiles extends FileStore {
  /** The account that the app has for itself: what it reads there can be delivered nowhere else. */
  private readonly files: Broker;

  constructor(
    broker: Broker,
    private readonly bucket: Bucket = EXPORTS,
  ) {
    super();
    broker.uses?.store(bucket.name, false);
    this.files = broker.account('streams');
  }

  async write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    this.files.uses?.store(this.bucket.name, true);
    const at = this.place();
    // Where the broker has no permissions set up.
    if (this.files.anonymous) await applyStream(await jetstreamManager(at.nats), streamConfig(this.bucket));
    return writeFile(at, this.bucket, name, bytes);
  }

  async open(name: string): Promise<OpenFile> {
    const at = this.place();
    const entry = await entryOf(at, this.bucket, name);
    const places = JSON.parse(entry.metadata.pieces) as number[];
    const { size } = entry;
    const [digest, pieceSize] = [hexOf(entry), entry.options.max_chunk_size];
    const fetch = async (index: number): Promise<Uint8Array> => {
      const bytes = await stored(at, streamOf(this.bucket), '', { seq: places[index] ?? 0 });
      return bytes ?? Promise.reject(damaged(`piece ${index} is gone`));
    };
    const read = (from = 0, to = size - 1): AsyncGenerator<Uint8Array> =>
      readPieces({ size, digest, pieceSize, fetch }, from, to);
    return { name, size, digest, read };
  }

  async remove(name: string): Promise<void> {
    this.files.uses?.store(this.bucket.name, true);
    const at = this.place();
    await removeFile(await jetstreamManager(at.nats, at.api), this.bucket, await entryOf(at, this.bucket, name));
  }

  private place(): StorePlace {
    return { nats: this.files.connection(), api: this.files.jetstream };
  }

  /** The broker removes what is past its age by itself. */
  tidy(): Promise<void> {
    return Promise.resolve();
  }
}

async function entryOf(at: StorePlace, bucket: Bucket, name: string): Promise<Entry> {
  const bytes = await stored(at, streamOf(bucket), `.${metaSubject(bucket, name)}`);
  if (!bytes) throw new Refusal('not_found');
  return JSON.parse(Buffer.from(bytes).toString()) as Entry;
}
