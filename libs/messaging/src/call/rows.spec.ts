import type { Chunk } from './receive';
import { allRows, rowBatches } from './rows';

async function* chunksOf(...all: [text: string, rows: number][]): AsyncGenerator<Chunk> {
  for (const [text, rows] of all) yield await Promise.resolve({ bytes: Buffer.from(text), rows });
}

describe('the rows of a stream', () => {
  it('come in batches, also where a chunk ends in the middle of a row or of a letter', async () => {
    const letter = Buffer.from('{"t":"ä"}');
    const cut: Chunk[] = [
      { bytes: letter.subarray(0, 7), rows: 0 },
      { bytes: letter.subarray(7), rows: 1 },
      { bytes: Buffer.from('{"t":"b"},{"t":"c"}'), rows: 2 },
    ];
    const batches: unknown[] = [];
    for await (const batch of rowBatches(
      (async function* () {
        for (const chunk of cut) yield await Promise.resolve(chunk);
      })(),
    ))
      batches.push(batch);
    expect(batches).toEqual([[{ t: 'ä' }], [{ t: 'b' }, { t: 'c' }]]);
  });

  it('are all there at the end, and none of an empty stream', async () => {
    expect(await allRows<number>(chunksOf(['1,2', 2], ['3', 1], ['', 0]))).toEqual([1, 2, 3]);
    expect(await allRows(chunksOf())).toEqual([]);
  });
});
