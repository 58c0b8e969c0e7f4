import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import type { NatsConnection } from 'nats';
import { Broker } from '../broker';
import { FileStore, type OpenFile, type StoredFile } from './file-store';
import { type Entry, hexOf, metaSubject } from './layout';
import { damaged, readPieces } from './pieces-reader';
import { stored } from './stored';
import { removeFile, writeFile } from './write';

/**
 * Files in the broker's object store. Unlike the client library's own it writes and reads as fast as the other side
 * takes.
 */
@Injectable()
export class BrokerFiles extends FileStore {
  constructor(private readonly broker: Broker) {
    super();
  }

  write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    return writeFile(this.broker.connection(), name, bytes);
  }

  async open(name: string): Promise<OpenFile> {
    const nats = this.broker.connection();
    const entry = await entryOf(nats, name);
    const places = JSON.parse(entry.metadata.pieces) as number[];
    const { size } = entry;
    const [digest, pieceSize] = [hexOf(entry), entry.options.max_chunk_size];
    const fetch = async (index: number): Promise<Uint8Array> => {
      const bytes = await stored(nats, '', { seq: places[index] ?? 0 });
      return bytes ?? Promise.reject(damaged(`piece ${index} is gone`));
    };
    const read = (from = 0, to = size - 1): AsyncGenerator<Uint8Array> =>
      readPieces({ size, digest, pieceSize, fetch }, from, to);
    return { name, size, digest, read };
  }

  async remove(name: string): Promise<void> {
    const nats = this.broker.connection();
    await removeFile(await nats.jetstreamManager({ checkAPI: false }), await entryOf(nats, name));
  }

  /** The broker removes what is past its age by itself. */
  tidy(): Promise<void> {
    return Promise.resolve();
  }
}

async function entryOf(nats: NatsConnection, name: string): Promise<Entry> {
  const bytes = await stored(nats, `.${metaSubject(name)}`);
  if (!bytes) throw new Refusal('not_found');
  return JSON.parse(Buffer.from(bytes).toString()) as Entry;
}
