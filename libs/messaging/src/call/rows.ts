import type { Chunk } from './receive';

/** The rows of a stream, a batch at a time: a chunk without rows ends in the next one. */
export async function* rowBatches<T>(chunks: AsyncIterable<Chunk>): AsyncGenerator<T[]> {
  let parts: Uint8Array[] = [];
  for await (const { bytes, rows } of chunks) {
    parts.push(bytes);
    if (rows === 0) continue;
    const text = Buffer.concat(parts).toString();
    parts = [];
    yield JSON.parse(`[${text}]`) as T[];
  }
}

/** All rows of a stream that is short enough for the memory. */
export async function allRows<T>(chunks: AsyncIterable<Chunk>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of rowBatches<T>(chunks)) for (const row of batch) all.push(row);
  return all;
}
