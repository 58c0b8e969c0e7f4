import type { Cell, ExportColumn } from '@open-cpo/contracts';
import { isNumber, NUMERIC, type Row, type Batches, type Table, type TableWriter } from './table';

/** Tells spreadsheets that the text is UTF-8. */
const MARK = '\ufeff';
/** What spreadsheets leave out before a formula. */
const BLANK_FIRST = /^[\t\r\n]/;
/**
 * Where a spreadsheet would begin a formula, the wide signs in East Asia: at the beginning of a cell, and after anything that it
 * may take for a separator, which depends on its locale. An apostrophe makes a text of it.
 */
const FORMULA = /(^|[,;|\t\r\n])("*)(?=[=+\-@＝＋－＠])/g;
/** Every usual separator, so that a cell stays one cell whatever a spreadsheet separates by. */
const TO_QUOTE = /[",;|\t\r\n]/;
/** Texts without any of these are written as they are. */
const SPECIAL = /^[=+\-@＝＋－＠]|[",;|\t\r\n]/;

function plain(text: string): string {
  if (!SPECIAL.test(text)) return text;
  const safe = (BLANK_FIRST.test(text) ? `'${text}` : text).replace(FORMULA, "$1$2'");
  return TO_QUOTE.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Writes a decimal number in the form of a locale. */
type NumberFormat = (decimal: string) => string;

function field(value: Cell, { type }: ExportColumn, format: NumberFormat): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return String(value);
  // A negative amount is no formula.
  return NUMERIC.has(type) && isNumber(value) ? format(String(value)) : plain(String(value));
}

const writer = (separator: string, format: NumberFormat): TableWriter =>
  async function* ({ columns }: Table, batches: Batches): AsyncGenerator<Uint8Array> {
    const line = (row: Row): string =>
      `${columns.map((column, i) => field(row[i] ?? null, column, format)).join(separator)}\r\n`;
    yield Buffer.from(`${MARK}${columns.map(({ title }) => plain(title)).join(separator)}\r\n`);
    for await (const rows of batches) if (rows.length > 0) yield Buffer.from(rows.map(line).join(''));
  };

/** Comma-separated values (RFC 4180) in UTF-8, the header first. */
export const csv = writer(',', (decimal) => decimal);

/** The same for locales whose decimal separator is the comma. */
export const csvSemicolon = writer(';', (decimal) => decimal.replace('.', ','));
