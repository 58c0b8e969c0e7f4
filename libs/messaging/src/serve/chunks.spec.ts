import { Encoded } from '@open-cpo/contracts';
import type { Chunk } from '../call/receive';
import { chunksOf } from './chunks';

async function* rows(...all: unknown[]): AsyncGenerator<unknown> {
  yield* all;
}

const all = async (from: AsyncIterable<unknown>): Promise<Chunk[]> => {
  const chunks: Chunk[] = [];
  for await (const chunk of chunksOf(from)) chunks.push(chunk);
  return chunks;
};

describe('rows in chunks', () => {
  it('are one when they are few, which says that it is the last', async () => {
    const [chunk, ...more] = await all(rows({ id: 1 }, { id: 2 }));
    expect(more).toEqual([]);
    expect([Buffer.from(chunk?.bytes ?? []).toString(), chunk?.rows, chunk?.last]).toEqual([
      '{"id":1},{"id":2}',
      2,
      true,
    ]);
  });

  it('are an empty one when there are none', async () => {
    expect(await all(rows())).toEqual([{ bytes: new Uint8Array(0), rows: 0, last: true }]);
  });

  it('are several when they are many, each of whole rows', async () => {
    const text = 'x'.repeat(100_000);
    const chunks = await all(rows(text, text, text, text, 'last'));
    expect(chunks.map(({ rows: count, last }) => [count, last])).toEqual([
      [2, false],
      [2, false],
      [1, true],
    ]);
    const joined = chunks.map(({ bytes }) => Buffer.from(bytes).toString()).join(',');
    expect(JSON.parse(`[${joined}]`)).toEqual([text, text, text, text, 'last']);
  });

  it('may be JSON already', async () => {
    const [chunk] = await all(rows(new Encoded('{"a":1}'), { b: 2 }));
    expect(Buffer.from(chunk?.bytes ?? []).toString()).toBe('{"a":1},{"b":2}');
  });
});
