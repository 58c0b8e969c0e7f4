import type { Chunk } from '@open-cpo/messaging';

/** The rows of a stream, a chunk at a time; a chunk without rows goes on in the next one. */
export async function* rowsOf<T>(chunks: AsyncIterable<Chunk>): AsyncGenerator<T[]> {
  let parts: Uint8Array[] = [];
  for await (const { bytes, rows } of chunks) {
    parts.push(bytes);
    if (rows === 0) continue;
    const text = Buffer.concat(parts).toString();
    parts = [];
    yield JSON.parse(`[${text}]`) as T[];
  }
}
