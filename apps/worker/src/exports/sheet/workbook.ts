import { headerRow, lettersOf, rowWriter } from './cells';
import { SharedStrings } from './shared-strings';
import { parts, sheetClosing, sheetOpening } from './parts';
import type { Batches, Row, Table } from './table';
import { Zip } from './zip';

/** Rows that a sheet can have, the header among them. */
export const MOST_ROWS = 1_048_576;
/** Characters of a sheet, three bytes each at most: an entry of an archive has 4 GiB. */
const MOST_CHARACTERS = 1_000_000_000;
/** Rows that are turned into text at a time; between two of these everybody else has their turn. */
const ROWS_PER_CHUNK = 500;

/** Rows of which some may be left for the next sheet. */
class Rows {
  private batch: readonly Row[] = [];
  private at = 0;
  private readonly batches: AsyncIterator<readonly Row[]>;
  private ended = false;

  constructor(batches: Batches) {
    this.batches = batches[Symbol.asyncIterator]();
  }

  /** Up to so many rows; none when there are no more. */
  async next(most: number): Promise<readonly Row[]> {
    while (this.at >= this.batch.length && !this.ended) {
      const next: IteratorResult<readonly Row[], unknown> = await this.batches.next();
      this.ended = next.done === true;
      this.batch = next.done ? [] : next.value;
      this.at = 0;
    }
    const rows = this.batch.slice(this.at, this.at + most);
    this.at += rows.length;
    return rows;
  }

  /** Whether there are no more rows. */
  async over(): Promise<boolean> {
    const rows = await this.next(1);
    this.at -= rows.length;
    return rows.length === 0;
  }

  async close(): Promise<void> {
    await this.batches.return?.();
  }
}

/** Where the forms end: what tests make smaller. */
interface Limits {
  readonly mostRows?: number;
  readonly mostCharacters?: number;
  readonly zip?: Zip;
}

/** A workbook, whose sheets end at `mostRows` or `mostCharacters` and go on in the next one. */
export async function* workbook(
  table: Table,
  batches: Batches,
  { mostRows = MOST_ROWS, mostCharacters = MOST_CHARACTERS, zip = new Zip() }: Limits = {},
): AsyncGenerator<Uint8Array> {
  const rows = new Rows(batches);
  const strings = new SharedStrings();
  const ranges: string[] = [];
  const write = rowWriter(table.columns, strings);
  try {
    do {
      const sheet = { last: 1 };
      yield* zip.entry(
        `xl/worksheets/sheet${ranges.length + 1}.xml`,
        sheetOf({ table, write, mostRows, mostCharacters }, rows, sheet),
      );
      ranges.push(rangeOf(table, sheet.last));
    } while (!(await rows.over()));
    for (const [name, content] of parts(table, ranges, strings)) yield* zip.entry(name, [content]);
    yield zip.end();
  } finally {
    await rows.close();
  }
}

const rangeOf = ({ columns }: Table, last: number): string => `A1:${lettersOf(columns.length - 1)}${last}`;

interface Writing {
  readonly table: Table;
  readonly write: (row: Row, number: number) => string;
  readonly mostRows: number;
  readonly mostCharacters: number;
}

async function* sheetOf(
  { table, write, mostRows, mostCharacters }: Writing,
  rows: Rows,
  sheet: { last: number },
): AsyncGenerator<string> {
  yield sheetOpening(table) + headerRow(table.columns);
  let characters = 0;
  while (sheet.last < mostRows && characters < mostCharacters) {
    const some = await rows.next(Math.min(ROWS_PER_CHUNK, mostRows - sheet.last));
    if (some.length === 0) break;
    let text = '';
    for (const row of some) text += write(row, (sheet.last += 1));
    characters += text.length;
    yield text;
  }
  yield sheetClosing(rangeOf(table, sheet.last));
}
