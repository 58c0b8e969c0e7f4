import { field, type FieldOptions } from './field';
import { asAscii, plain } from './scripts';

const FORM =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])(\d{2})(?::?(\d{2}))?)$/;
const DAY_FORM = /^\d{4}-\d{2}-\d{2}$/;
/** The widest offset of a clock from UTC, in hours, with room to spare. */
const WIDEST_OFFSET_HOURS = 18;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

type Moment = [year: number, month: number, day: number, hour: number, minute: number, second: number];

/**
 * ISO 8601 of a moment in UTC with milliseconds; undefined where the text is no instant: no zone, a day that no calendar
 * has, a year before 1. `+02`, `+0200`, 24:00 and a leap second are taken.
 */
export function instantOf(text: string): string | undefined {
  const parts = FORM.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((one) => Number(one ?? 0)) as Moment;
  const [fraction = '', sign, ...offset] = parts.slice(7);
  const offsetMs = offsetOf(sign, offset);
  const exists = isDate(year, month, day) && isTime(hour, minute, second, Number(fraction) > 0);
  if (!exists || offsetMs === undefined) return undefined;
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, Number(fraction.slice(0, 3).padEnd(3, '0')));
  const moment = new Date(local.getTime() - offsetMs);
  return moment.getUTCFullYear() >= 1 && moment.getUTCFullYear() <= 9999 ? moment.toISOString() : undefined;
}

/** Milliseconds of a zone before UTC; undefined where no zone is so far. */
function offsetOf(sign: string | undefined, [hours = '0', minutes = '0']: readonly (string | undefined)[]) {
  if (Number(hours) > WIDEST_OFFSET_HOURS || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS);
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return year > 0 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function isTime(hour: number, minute: number, second: number, fraction: boolean): boolean {
  if (hour === 24) return minute === 0 && second === 0 && !fraction;
  return hour < 24 && minute < 60 && (second < 60 || (second === 60 && minute === 59));
}

const isDay = (text: string): boolean => DAY_FORM.test(text) && instantOf(`${text}T00:00Z`) !== undefined;

/** A calendar day as `YYYY-MM-DD`. */
export const Day = (o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: plain,
      judge: (value, label) =>
        typeof value === 'string' && isDay(value) ? undefined : `The ${label} field must match the format Y-m-d.`,
      docs: { type: String, format: 'date' },
    },
    o,
  );

/** A calendar day, which is its first moment in UTC, or a moment as ISO 8601 with a zone; kept in UTC with milliseconds. */
export const DayOrInstant = (o: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => {
        const text = plain(raw);
        return typeof text === 'string' ? (instantOf(DAY_FORM.test(text) ? `${text}T00:00Z` : text) ?? text) : text;
      },
      judge: (value, label) =>
        typeof value === 'string' && instantOf(value) !== undefined
          ? undefined
          : `The ${label} field must be a day of the calendar (Y-m-d) or an ISO 8601 instant with a zone.`,
      docs: { type: String },
    },
    o,
  );

/** A moment as ISO 8601 with a zone, kept in UTC with milliseconds; `asWritten` keeps the text as it came. */
export const Instant = ({ asWritten = false, ...o }: FieldOptions & { asWritten?: boolean } = {}): PropertyDecorator =>
  field(
    {
      read: (raw) => {
        if (typeof raw !== 'string') return raw;
        const text = asAscii(raw).trim();
        if (text === '') return null;
        return asWritten ? text : (instantOf(text) ?? text);
      },
      judge: (value, label) =>
        typeof value === 'string' && instantOf(value) !== undefined
          ? undefined
          : `The ${label} field must be an ISO 8601 instant with a zone, on a day of the calendar.`,
      docs: { type: String, format: 'date-time' },
    },
    o,
  );
