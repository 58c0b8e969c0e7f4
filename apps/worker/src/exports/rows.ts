import type { Chunk } from '@open-cpo/messaging';
import type { Row } from './sheet/table';

/** Rows out of a stream's chunks; a piece without rows goes on in the next one. */
export async function* rowsOf(chunks: AsyncIterable<Chunk>): AsyncGenerator<readonly Row[]> {
  let waiting: Uint8Array[] = [];
  for await (const { bytes, rows } of chunks) {
    waiting.push(bytes);
    if (rows === 0) continue;
    const text = Buffer.concat(waiting).toString();
    waiting = [];
    yield JSON.parse(`[${text}]`) as Row[];
  }
}
