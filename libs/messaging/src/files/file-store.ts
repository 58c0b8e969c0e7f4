import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import type { NatsConnection } from 'nats';
import { Broker } from '../broker';
import { type Entry, hexOf, metaSubject } from './layout';
import { readPieces } from './read';
import { stored } from './stored';
import { removeFile, writeFile } from './write';

/** A file as it is stored. */
export interface StoredFile {
  readonly name: string;
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
}

/** A file that can be read, from anywhere in it. */
export interface OpenFile extends StoredFile {
  /** Bytes `from` to `to` (both included); the whole file is compared with its digest before its last piece is out. */
  read(from?: number, to?: number): AsyncGenerator<Uint8Array>;
}

/**
 * Files that every replica reaches, in the broker's object store. Unlike the client library's own it writes and reads
 * as fast as the other side takes: no file is ever in memory as a whole.
 */
@Injectable()
export class FileStore {
  constructor(private readonly broker: Broker) {}

  /**
   * Writes a file; it is there when this resolves, and not at all before.
   * @throws Error when the broker does not take it; nothing is left behind then
   */
  write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<StoredFile> {
    return writeFile(this.broker.connection(), name, bytes);
  }

  /** @throws Refusal `not_found` when there is no such file (any more), `service_unavailable` while the broker is away */
  async open(name: string): Promise<OpenFile> {
    const nats = this.broker.connection();
    const entry = await entryOf(nats, name);
    const places = JSON.parse(entry.metadata.pieces) as number[];
    const { size } = entry;
    const digest = hexOf(entry);
    const pieceSize = entry.options.max_chunk_size;
    const read = (from = 0, to = size - 1): AsyncGenerator<Uint8Array> =>
      readPieces({ nats, places, size, digest, pieceSize }, from, to);
    return { name, size, digest, read };
  }

  /** @throws Refusal as `open` */
  async remove(name: string): Promise<void> {
    const nats = this.broker.connection();
    await removeFile(await nats.jetstreamManager({ checkAPI: false }), await entryOf(nats, name));
  }
}

async function entryOf(nats: NatsConnection, name: string): Promise<Entry> {
  const bytes = await stored(nats, `.${metaSubject(name)}`);
  if (!bytes) throw new Refusal('not_found');
  return JSON.parse(Buffer.from(bytes).toString()) as Entry;
}
