import { batchesOf } from '@open-cpo/contracts';
import type { Chunk } from '../call/receive';
import { NO_BYTES, rawJson } from '../wire';

/** Bytes from which on a chunk leaves. */
const ENOUGH = 128 * 1024;
/** Milliseconds after which rows leave although they fill no chunk: the consumer wants signs of life. */
const LONGEST_HOLD = 1000;

/** Rows as JSON, several to a chunk. The one after which nothing comes says so, and may be empty. */
export async function* chunksOf(rows: AsyncIterable<unknown>): AsyncGenerator<Chunk> {
  let parts: string[] = [];
  let size = 0;
  let begun = Date.now();
  const taken = (): Chunk => {
    const chunk = chunkOf(parts, false);
    parts = [];
    size = 0;
    begun = Date.now();
    return chunk;
  };
  for await (const batch of batchesOf(rows)) {
    for (const row of batch) {
      const text = rawJson(row);
      parts.push(text);
      size += text.length;
      if (size >= ENOUGH) yield taken();
    }
    if (parts.length > 0 && Date.now() - begun > LONGEST_HOLD) yield taken();
  }
  yield chunkOf(parts, true);
}

const chunkOf = (parts: readonly string[], last: boolean): Chunk => ({
  bytes: parts.length > 0 ? Buffer.from(parts.join(',')) : NO_BYTES,
  rows: parts.length,
  last,
});
