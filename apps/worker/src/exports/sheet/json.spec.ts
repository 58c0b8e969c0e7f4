import { json } from './json';
import type { Row, Table } from './table';

const table: Table = {
  title: 'Personal data',
  columns: [
    { title: 'section', type: 'text', width: 10 },
    { title: 'data', type: 'json', width: 10 },
  ],
  rightToLeft: false,
  currency: 'USD',
  createdAt: new Date(0),
};

async function written(...batches: Row[][]): Promise<unknown> {
  const given = (async function* () {
    for (const batch of batches) yield await Promise.resolve(batch);
  })();
  const parts: Uint8Array[] = [];
  for await (const part of json(table, given)) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
}

describe('a file of JSON', () => {
  it('has an object a row, over several batches', async () => {
    expect(
      await written(
        [['user', '{"id":1}']],
        [],
        [
          ['session', '{"a":[1]}'],
          ['x"\n', null],
        ],
      ),
    ).toEqual([
      { section: 'user', data: { id: 1 } },
      { section: 'session', data: { a: [1] } },
      { section: 'x"\n', data: null },
    ]);
  });

  it('is an empty list without rows', async () => {
    expect(await written()).toEqual([]);
  });
});
