import type { Cell, CellType, ExportColumn } from '@open-cpo/contracts';

/** What a file is made of, whatever its form. */
export interface Table {
  /** Name of the sheet. */
  readonly title: string;
  readonly columns: readonly ExportColumn[];
  /** From right to left, as Arabic is read. */
  readonly rightToLeft: boolean;
  /** ISO 4217 code of all amounts. */
  readonly currency: string;
  readonly createdAt: Date;
}

export type Row = readonly Cell[];
/** Rows as they come, some at a time. */
export type Batches = AsyncIterable<readonly Row[]>;

/** Makes a file's bytes from rows, no faster than somebody takes them. */
export type TableWriter = (table: Table, batches: Batches) => AsyncGenerator<Uint8Array>;

/** Types whose values are numbers, also when they come as text. */
export const NUMERIC: ReadonlySet<CellType> = new Set(['integer', 'decimal', 'money']);

const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Whether a value can stand in a file as a number, digit for digit. */
export const isNumber = (value: Cell): boolean =>
  typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && NUMBER.test(value);
