/** A row of a file; the header is line 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** Places of cells that hold the error of a formula; what it says is their text. */
  readonly broken?: readonly number[];
}

/** The rows of a file, its header first. */
export interface Table {
  /** A comma in a number stands before its decimals: commas separate no cells. */
  readonly decimalComma: boolean;
  readonly rows: AsyncIterable<TableRow>;
}

/** The file is not what can be imported; the message is for who sent it. */
export class BadFile extends Error {
  override readonly name = 'BadFile';
}

/** Characters of one row at most. */
export const LONGEST_ROW = 64 * 1024;
/** Cells of one row at most. */
export const MOST_CELLS = 500;
