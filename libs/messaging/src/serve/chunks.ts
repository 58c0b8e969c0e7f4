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
  for await (const row of rows) {
    const text = rawJson(row);
    parts.push(text);
    size += text.length;
    if (size < ENOUGH && Date.now() - begun <= LONGEST_HOLD) continue;
    yield chunkOf(parts, false);
    parts = [];
    size = 0;
    begun = Date.now();
  }
  yield chunkOf(parts, true);
}

const chunkOf = (parts: readonly string[], last: boolean): Chunk => ({
  bytes: parts.length > 0 ? Buffer.from(parts.join(',')) : NO_BYTES,
  rows: parts.length,
  last,
});
