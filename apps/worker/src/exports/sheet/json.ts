import type { Batches, Row, Table, TableWriter } from './table';

/** JSON without spaces, an array with one object a row; cells of the type `json` are JSON themselves. */
export const json: TableWriter = async function* ({ columns }: Table, batches: Batches): AsyncGenerator<Uint8Array> {
  const names = columns.map(({ title }) => JSON.stringify(title));
  const object = (row: Row): string => {
    const fields = columns.map(({ type }, i) => {
      const value = row[i] ?? null;
      return `${names[i]}:${type === 'json' && typeof value === 'string' ? value : JSON.stringify(value)}`;
    });
    return `{${fields.join(',')}}`;
  };
  let separator = '[\n';
  for await (const rows of batches) {
    if (rows.length === 0) continue;
    yield Buffer.from(separator + rows.map(object).join(',\n'));
    separator = ',\n';
  }
  yield Buffer.from(separator === '[\n' ? '[]\n' : '\n]\n');
};
