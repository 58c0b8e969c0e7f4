import { asDecimal } from '@open-cpo/contracts';

const DAY_MS = 86_400_000;
/** Days from the beginning of a workbook's calendar to 1970. */
const EPOCHS = { 1900: 25_569, 1904: 24_107 } as const;
/** Formats of dates and times that every workbook knows. */
const isBuiltIn = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 45 && id <= 47);
/** Characters of a format that a workbook may have. */
const LONGEST_FORMAT = 255;
/** A format with letters of a date, outside of texts, colours and conditions. */
export const isDateFormat = (code: string): boolean =>
  /[ymdhs]/i.test(code.slice(0, LONGEST_FORMAT).replace(/"[^"]*"|\\.|_.|\*.|\[[^[\]]*\]/g, ''));

/** What is needed to read the cells of a workbook. */
export interface CellContext {
  readonly strings: readonly string[];
  /** By the number of the style: whether its numbers are moments. */
  readonly moments: readonly boolean[];
  readonly calendar: keyof typeof EPOCHS;
}

/** Which styles show moments, by whether the formats that are the workbook's own do, and the formats that styles have. */
export const momentsOf = (formats: ReadonlyMap<number, boolean>, styles: readonly number[]): boolean[] =>
  styles.map((id) => formats.get(id) ?? isBuiltIn(id));

/** A cell as text: decimals with a point, moments by ISO 8601 without a zone, days and times of day by themselves. */
export function cellText(type: string, style: number, value: string, context: CellContext): string {
  if (type === 's') return context.strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'true' : 'false';
  const number = Number(value);
  if ((type !== 'n' && type !== '') || value === '' || !Number.isFinite(number)) return value;
  // Workbooks hold 15 digits; what comes after them is how machines write fractions.
  return context.moments[style]
    ? momentText(number, EPOCHS[context.calendar])
    : String(asDecimal(Number(number.toPrecision(15))));
}

function momentText(serial: number, epoch: number): string {
  const moment = new Date(Math.round(((serial - epoch) * DAY_MS) / 1000) * 1000);
  if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() > 9999) return String(serial);
  const text = moment.toISOString().slice(0, 19);
  if (serial < 1) return text.slice(11);
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text;
}
