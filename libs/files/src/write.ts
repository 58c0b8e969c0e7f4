import { createHash, randomUUID } from 'node:crypto';
import {
  jetstream,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
} from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { StoredFile } from './file-store';
import { type Bucket, digestOf, type Entry, hexOf, metaSubject, PIECE, pieceSubject, streamOf } from './layout';
import { inPieces } from './pieces';
import type { StorePlace } from './stored';

/** Pieces on their way at once. */
const WINDOW = 4;
const TIMEOUT_MS = 10_000;

/** Writes the pieces, then the entry that makes them a file. */
export async function writeFile(
  { nats, api }: StorePlace,
  bucket: Bucket,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const manager = await jetstreamManager(nats, api);
  const nuid = randomUUID().replaceAll('-', '');
  try {
    const entry = await writePieces(jetstream(nats), { bucket, name, nuid }, bytes);
    const head = headers();
    head.set('Nats-Rollup', 'sub');
    const options = { headers: head, timeout: TIMEOUT_MS };
    await jetstream(nats).publish(metaSubject(bucket, name), JSON.stringify(entry), options);
    return { name, size: entry.size, digest: hexOf(entry) };
  } catch (error) {
    // What cannot be removed now ends with its age.
    await manager.streams.purge(streamOf(bucket), { filter: pieceSubject(bucket, nuid) }).catch(() => undefined);
    throw inWords(error);
  }
}

/** Operators want to read who says it, such as that the store is full. */
const inWords = (error: unknown): unknown =>
  error instanceof JetStreamApiError ? new Error(`the file store says: ${error.message}`, { cause: error }) : error;

async function writePieces(
  jetstream: JetStreamClient,
  { bucket, name, nuid }: { readonly bucket: Bucket; readonly name: string; readonly nuid: string },
  bytes: AsyncIterable<Uint8Array>,
): Promise<Entry> {
  const hash = createHash('sha256');
  const places: number[] = [];
  const underWay: Promise<void>[] = [];
  let size = 0;
  let pieces = 0;
  const publish = async (piece: Uint8Array, index: number): Promise<void> => {
    places[index] = (await jetstream.publish(pieceSubject(bucket, nuid), piece, { timeout: TIMEOUT_MS })).seq;
  };
  try {
    for await (const piece of inPieces(bytes, PIECE)) {
      hash.update(piece);
      size += piece.length;
      const sending = publish(piece, pieces++);
      // It is waited for below; until then its failure is no unhandled rejection.
      sending.catch(() => undefined);
      underWay.push(sending);
      if (underWay.length >= WINDOW) await underWay.shift();
    }
    await Promise.all(underWay);
  } catch (error) {
    // What is on its way arrives all the same: only then can it be removed.
    await Promise.allSettled(underWay);
    throw error;
  }
  return {
    name,
    bucket: bucket.name,
    nuid,
    size,
    chunks: pieces,
    digest: digestOf(hash.digest()),
    mtime: new Date().toISOString(),
    options: { max_chunk_size: PIECE },
    metadata: { pieces: JSON.stringify(places) },
  };
}

/** The entry first, so that no reader finds a file without its pieces. */
export async function removeFile(manager: JetStreamManager, bucket: Bucket, { name, nuid }: Entry): Promise<void> {
  await manager.streams.purge(streamOf(bucket), { filter: metaSubject(bucket, name) });
  await manager.streams.purge(streamOf(bucket), { filter: pieceSubject(bucket, nuid) });
}
