import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { BadFile, LONGEST_ROW, type Table, type TableRow } from './table';
import { textOf } from './text';

const SEPARATORS = [',', ';', '\t'] as const;

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/** Reads comma-, semicolon- or tab-separated values; of the file no more than a row is in memory. @throws BadFile */
export async function csv(bytes: AsyncIterable<Uint8Array>): Promise<Table> {
  const texts = textOf(bytes);
  let head = '';
  for (let next = await texts.next(); ; next = await texts.next()) {
    head += next.done ? '' : next.value;
    if (next.done || head.length > LONGEST_ROW || /[\r\n]/.test(withoutQuoted(head))) break;
  }
  const delimiter = separatorOf(head);
  return { decimalComma: delimiter !== ',', rows: rowsOf(beginningWith(head, texts), delimiter) };
}

const withoutQuoted = (text: string): string => text.replace(/"[^"]*("|$)/g, '');

/** What stands most often in the header. */
function separatorOf(head: string): string {
  const [header = ''] = withoutQuoted(head).split(/[\r\n]/, 1);
  const count = (separator: string): number => header.split(separator).length;
  return SEPARATORS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

async function* rowsOf(texts: AsyncIterable<string>, delimiter: string): AsyncGenerator<TableRow> {
  const parser = parse({
    delimiter,
    info: true,
    max_record_size: LONGEST_ROW,
    // Else the first line decides, and lines that end otherwise become one row.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
  });
  const source = Readable.from(texts);
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of source.pipe(parser) as AsyncIterable<Parsed>) {
      yield { line: info.lines, cells: record };
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new BadFile(`The file is not proper CSV at line ${Number(cause.lines)}.`, { cause });
  } finally {
    source.destroy();
  }
}

async function* beginningWith(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}
