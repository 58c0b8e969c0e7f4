/**
 * Rows that come several at a time. Who goes through them one by one may; who takes each batch as it is, as answers
 * do, is spared a turn of the event loop's queue, several promises and a resumed generator for each row.
 */
export class Batched<T> implements AsyncIterable<T> {
  constructor(readonly batches: AsyncGenerator<readonly T[], void>) {}

  /** The same rows in another form, made when their batch is taken. Ending either ends both. */
  map<U>(view: (row: T) => U): Batched<U> {
    return new Batched(mapped(this.batches, view));
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    for await (const batch of this.batches) yield* batch;
  }
}

async function* mapped<T, U>(
  batches: AsyncGenerator<readonly T[], void>,
  view: (row: T) => U,
): AsyncGenerator<readonly U[], void> {
  for await (const batch of batches) yield batch.map(view);
}

/** Any rows by the batch; those that come one by one are batches of one. */
export const batchesOf = <T>(rows: AsyncIterable<T>): AsyncGenerator<readonly T[], void> =>
  rows instanceof Batched ? (rows as Batched<T>).batches : ones(rows);

async function* ones<T>(rows: AsyncIterable<T>): AsyncGenerator<readonly T[], void> {
  for await (const row of rows) yield [row];
}
