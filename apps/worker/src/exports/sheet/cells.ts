import type { Cell, ExportColumn } from '@open-cpo/contracts';
import { STYLE } from './styles';
import { isNumber, NUMERIC, type Row } from './table';
import { xml } from './xml';

/** Most characters that a cell can hold (of spreadsheets in general, UTF-16 units). */
const LONGEST = 32_767;
const DAY = 86_400_000;
/** Days from the spreadsheets' first day to 1970. */
const EPOCH = 25_569;
/** A, B, … Z, AA: the column's letters. */
export const lettersOf = (index: number): string =>
  (index < 26 ? '' : lettersOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  const half = /[\ud800-\udbff]/.test(text.charAt(LONGEST - 1));
  return text.slice(0, half ? LONGEST - 1 : LONGEST);
}

const MOMENT = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;
/** Midnights by their day: the rows of an export are of few days, and their clocks need no calendar. */
const midnights = new Map<string, number>();
const MOST_MIDNIGHTS = 10_000;

function midnight(day: string): number {
  const known = midnights.get(day);
  if (known !== undefined) return known;
  if (midnights.size >= MOST_MIDNIGHTS) midnights.clear();
  const days = Date.parse(`${day}T00:00:00Z`) / DAY + EPOCH;
  midnights.set(day, days);
  return days;
}

/** Days since the spreadsheets' first day; undefined for what is no moment. */
function serial(text: string): number | undefined {
  if (!MOMENT.test(text)) return undefined;
  const clock = Number(text.slice(11, 13)) * 3600 + Number(text.slice(14, 16)) * 60 + Number(text.slice(17));
  const days = midnight(text.slice(0, 10)) + clock / 86_400;
  // A day of 1900 that never was lies between the two ways of counting.
  return days >= 61 ? days : undefined;
}

/** Whether its blanks would be lost. */
const keepsBlanks = (text: string): boolean =>
  text.charCodeAt(0) <= 32 || text.charCodeAt(text.length - 1) <= 32 || text.includes('\n');

/** A text is never a formula, whatever it begins with: its cell says that it is a text. */
export function textCell(place: string, text: string, style: number): string {
  if (text === '') return '';
  const kept = keepsBlanks(text) ? ' xml:space="preserve"' : '';
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t${kept}>${xml(cut(text))}</t></is></c>`;
}

type CellWriter = (place: string, value: Cell) => string;

const asText: CellWriter = (place, value) => textCell(place, String(value), STYLE.text);

/** How the cells of a type are written; what does not fit the type is a text. */
function cellWriter({ type }: ExportColumn): CellWriter {
  const style = STYLE[type];
  if (NUMERIC.has(type)) {
    return (place, value) =>
      isNumber(value) ? `<c r="${place}" s="${style}"><v>${value}</v></c>` : asText(place, value);
  }
  if (type === 'flag') {
    return (place, value) =>
      typeof value === 'boolean' ? `<c r="${place}" s="${style}" t="b"><v>${+value}</v></c>` : asText(place, value);
  }
  if (type === 'text') return asText;
  return (place, value) => {
    const days = serial(String(value));
    return days === undefined ? asText(place, value) : `<c r="${place}" s="${style}"><v>${days}</v></c>`;
  };
}

/** Writes the rows of columns of these types. */
export function rowWriter(columns: readonly ExportColumn[]): (row: Row, number: number) => string {
  const writers = columns.map(cellWriter);
  const letters = columns.map((_, index) => lettersOf(index));
  return (row, number) => {
    let cells = `<row r="${number}">`;
    for (let i = 0; i < writers.length; i += 1) {
      const value = row[i];
      if (value !== null && value !== undefined) cells += (writers[i] as CellWriter)(`${letters[i]}${number}`, value);
    }
    return `${cells}</row>`;
  };
}

/** The bold first row. */
export const headerRow = (columns: readonly ExportColumn[]): string =>
  `<row r="1">${columns.map(({ title }, i) => textCell(`${lettersOf(i)}1`, title, STYLE.header)).join('')}</row>`;
