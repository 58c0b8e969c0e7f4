import type { Cell, ExportColumn } from '@open-cpo/contracts';
import { isNumber, NUMERIC, type Row, type Batches, type Table } from './table';

/** Tells spreadsheets that the text is UTF-8. */
const MARK = '\ufeff';
/** With these a spreadsheet would begin a formula, the wide ones in East Asia; a sign before them makes it a text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const TO_QUOTE = /[",\r\n]/;

const quoted = (text: string): string => (TO_QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const plain = (text: string): string => quoted(FORMULA.test(text) ? `'${text}` : text);

function field(value: Cell, { type }: ExportColumn): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return String(value);
  // A negative amount is no formula.
  return NUMERIC.has(type) && isNumber(value) ? String(value) : plain(String(value));
}

/** Comma-separated values (RFC 4180) in UTF-8, the header first. */
export async function* csv({ columns }: Table, batches: Batches): AsyncGenerator<Uint8Array> {
  const line = (row: Row): string => `${columns.map((column, i) => field(row[i] ?? null, column)).join(',')}\r\n`;
  yield Buffer.from(`${MARK}${columns.map(({ title }) => plain(title)).join(',')}\r\n`);
  for await (const rows of batches) if (rows.length > 0) yield Buffer.from(rows.map(line).join(''));
}
