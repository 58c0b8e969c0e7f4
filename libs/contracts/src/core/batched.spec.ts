import { Batched, batchesOf } from './batched';

async function* numbers(ended: () => void = () => undefined): AsyncGenerator<readonly number[], void> {
  try {
    yield [1, 2];
    yield [];
    yield [3];
  } finally {
    ended();
  }
}

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const taken: T[] = [];
  for await (const row of rows) taken.push(row);
  return taken;
}

describe('rows in batches', () => {
  it('are gone through one by one', async () => {
    expect(await all(new Batched(numbers()))).toEqual([1, 2, 3]);
  });

  it('are taken as they come', async () => {
    expect(await all(batchesOf(new Batched(numbers())))).toEqual([[1, 2], [], [3]]);
  });

  it('take another form, batch by batch', async () => {
    const doubled = new Batched(numbers()).map((row) => `${2 * row}`);
    expect(await all(doubled.batches)).toEqual([['2', '4'], [], ['6']]);
  });

  it('end at their source when their consumer stops', async () => {
    const ended = jest.fn();
    for await (const row of new Batched(numbers(ended)).map((row) => row)) if (row === 1) break;
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('end at their source when a row has no other form', async () => {
    const ended = jest.fn();
    const refused = new Batched(numbers(ended)).map(() => {
      throw new Error('cannot be shown');
    });
    await expect(all(refused)).rejects.toThrow('cannot be shown');
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('that come one by one are batches of one', async () => {
    async function* ones(): AsyncGenerator<number> {
      yield 1;
      yield 2;
    }
    expect(await all(batchesOf(ones()))).toEqual([[1], [2]]);
  });
});
