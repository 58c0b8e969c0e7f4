import type { Cell, ExportColumn } from '@open-cpo/contracts';
import { momentNumber } from './moments';
import { inPlace, type SharedStrings } from './shared-strings';
import { STYLE } from './styles';
import { isNumber, NUMERIC, type Row } from './table';

/** Most characters that a cell can hold (of spreadsheets in general, UTF-16 units). */
const LONGEST = 32_767;

/** A, B, … Z, AA: the column's letters. */
export const lettersOf = (index: number): string =>
  (index < 26 ? '' : lettersOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const half = /[\ud800-\udbff]/.test(text.charAt(LONGEST - 1));
  return text.slice(0, half ? LONGEST - 1 : LONGEST);
}

/** The first style is everybody's unless another one is named. */
const styled = (style: number): string => (style === 0 ? '"' : `" s="${style}"`);

/** Writes the cell of a value in the row of a number. */
type CellWriter = (value: Cell, number: string) => string;

/** How the cells of a column are written; what does not fit its type is a text, and an empty text is no cell. */
function cellWriter({ type }: ExportColumn, index: number, strings: SharedStrings): CellWriter {
  // Everything that is the same in each row is put together once: this runs for every cell of a million rows.
  const open = `<c r="${lettersOf(index)}`;
  const opened = `${styled(STYLE[type])}><v>`;
  const asText: CellWriter = (value, number) =>
    value === '' ? '' : `${open}${number}"${strings.cell(cut(String(value)))}`;
  if (NUMERIC.has(type)) {
    return (value, number) =>
      isNumber(value) ? `${open}${number}${opened}${String(value)}</v></c>` : asText(value, number);
  }
  if (type === 'flag') {
    const flag = `${styled(STYLE.flag)} t="b"><v>`;
    return (value, number) =>
      typeof value === 'boolean' ? `${open}${number}${flag}${+value}</v></c>` : asText(value, number);
  }
  if (type === 'text') return asText;
  return (value, number) => {
    const days = momentNumber(String(value));
    return days === undefined ? asText(value, number) : `${open}${number}${opened}${days}</v></c>`;
  };
}

/** Writes the rows of columns of these types. */
export function rowWriter(
  columns: readonly ExportColumn[],
  strings: SharedStrings,
): (row: Row, number: number) => string {
  const writers = columns.map((column, index) => cellWriter(column, index, strings));
  return (row, number) => {
    const place = String(number);
    let cells = `<row r="${place}">`;
    for (let i = 0; i < writers.length; i += 1) {
      const value = row[i];
      if (value !== null && value !== undefined) cells += (writers[i] as CellWriter)(value, place);
    }
    return `${cells}</row>`;
  };
}

/** The bold first row. */
export const headerRow = (columns: readonly ExportColumn[]): string => {
  const cell = ({ title }: ExportColumn, index: number): string =>
    `<c r="${lettersOf(index)}1${styled(STYLE.header)}${inPlace(title)}`;
  return `<row r="1">${columns.map(cell).join('')}</row>`;
};
