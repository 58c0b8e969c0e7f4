import { createHash } from 'node:crypto';
import { Refusal } from '@open-cpo/contracts';

/** A file whose pieces can be fetched, each by itself. */
export interface Pieces {
  readonly size: number;
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  /** Bytes of every piece but the last. */
  readonly pieceSize: number;
  /** A piece by its number; rejects when it is not there. */
  readonly fetch: (index: number) => Promise<Uint8Array>;
}

/**
 * Bytes `from` to `to` (both included). One piece is fetched while the one before it is on its way to the reader, and no
 * further ones: a slow reader costs two pieces of memory.
 */
export async function* readPieces(pieces: Pieces, from: number, to: number): AsyncGenerator<Uint8Array> {
  const { size, digest, pieceSize } = pieces;
  if (size === 0) return;
  const first = Math.floor(from / pieceSize);
  const last = Math.floor(to / pieceSize);
  const hash = from === 0 && to === size - 1 ? createHash('sha256') : undefined;
  let next = whole(pieces, first);
  for (let index = first; index <= last; index += 1) {
    const bytes = await next;
    if (index < last) next = whole(pieces, index + 1);
    hash?.update(bytes);
    // The last piece is rejected until the file is known to be what was written.
    if (index === last && hash && hash.digest('hex') !== digest) throw damaged(`not ${digest}`);
    const start = index * pieceSize;
    yield bytes.subarray(Math.max(0, from - start), Math.min(bytes.length, to - start + 1));
  }
}

function whole({ size, pieceSize, fetch }: Pieces, index: number): Promise<Uint8Array> {
  const wanted = Math.min(pieceSize, size - index * pieceSize);
  const found = fetch(index).then((bytes) =>
    bytes.length === wanted ? bytes : Promise.reject(damaged(`piece ${index}`)),
  );
  // The reader may have gone before it looks at it.
  found.catch(() => undefined);
  return found;
}

/** What is stored is not what was written. */
export const damaged = (what: string): Refusal =>
  new Refusal('internal', { cause: `a stored file is damaged: ${what}` });
