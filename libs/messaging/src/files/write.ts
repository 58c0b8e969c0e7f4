import { createHash, randomUUID } from 'node:crypto';
import {
  headers,
  type JetStreamClient,
  type JetStreamManager,
  type NatsConnection,
  NatsError,
  StorageType,
} from 'nats';
import type { StoredFile } from './file-store';
import { BUCKET, digestOf, type Entry, hexOf, metaSubject, PIECE, pieceSubject, STREAM, streamConfig } from './layout';
import { inPieces } from './pieces';

/** Pieces on their way at once. */
const WINDOW = 4;
const PATIENCE = 10_000;

/** Writes the pieces, then the entry that makes them a file. */
export async function writeFile(
  nats: NatsConnection,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const manager = await nats.jetstreamManager({ checkAPI: false });
  await ensureBucket(manager);
  const nuid = randomUUID().replaceAll('-', '');
  try {
    const entry = await writePieces(nats.jetstream(), name, nuid, bytes);
    const head = headers();
    head.set('Nats-Rollup', 'sub');
    const options = { headers: head, timeout: PATIENCE };
    await nats.jetstream().publish(metaSubject(name), JSON.stringify(entry), options);
    return { name, size: entry.size, digest: hexOf(entry) };
  } catch (error) {
    // What cannot be removed now ends with its age.
    await manager.streams.purge(STREAM, { filter: pieceSubject(nuid) }).catch(() => undefined);
    throw inWords(error);
  }
}

/** The client library tells a number; operators want to read why, such as that the store is full. */
const inWords = (error: unknown): unknown =>
  error instanceof NatsError && error.api_error
    ? new Error(`the file store says: ${error.api_error.description}`, { cause: error })
    : error;

async function writePieces(
  jetstream: JetStreamClient,
  name: string,
  nuid: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<Entry> {
  const hash = createHash('sha256');
  const places: number[] = [];
  const underWay: Promise<void>[] = [];
  let size = 0;
  let pieces = 0;
  const publish = async (piece: Uint8Array, index: number): Promise<void> => {
    places[index] = (await jetstream.publish(pieceSubject(nuid), piece, { timeout: PATIENCE })).seq;
  };
  try {
    for await (const piece of inPieces(bytes, PIECE)) {
      hash.update(piece);
      size += piece.length;
      const sending = publish(piece, pieces++);
      // It is waited for below; until then its failure is nobody's unhandled one.
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
    bucket: BUCKET,
    nuid,
    size,
    chunks: pieces,
    digest: digestOf(hash.digest()),
    mtime: new Date().toISOString(),
    options: { max_chunk_size: PIECE },
    metadata: { pieces: JSON.stringify(places) },
  };
}

/** Leaves alone what an operator has changed: replicas, limits. */
async function ensureBucket(manager: JetStreamManager): Promise<void> {
  try {
    await manager.streams.info(STREAM);
  } catch (error) {
    if (!(error instanceof NatsError) || error.api_error?.code !== 404) throw error;
    await manager.streams.add({ ...streamConfig, storage: StorageType.File });
  }
}

/** The entry first, so that nobody finds a file without its pieces. */
export async function removeFile(manager: JetStreamManager, { name, nuid }: Entry): Promise<void> {
  await manager.streams.purge(STREAM, { filter: metaSubject(name) });
  await manager.streams.purge(STREAM, { filter: pieceSubject(nuid) });
}
