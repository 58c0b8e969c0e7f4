/** How a time of a charger deviates from `YYYY-MM-DDThh:mm:ssZ`. */
export type TimeQuirk = 'time_missing' | 'time_unreadable' | 'time_without_zone' | 'time_before_2020';

export interface ReadTime {
  /** Epoch milliseconds as the charger means them; absent where it is not usable. */
  readonly at?: number;
  readonly quirk?: TimeQuirk;
}

/** The extended and the basic format of ISO 8601. */
const TIME =
  /^(\d{4})(-?)(\d{2})\2(\d{2})[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const CONTROL = /\p{Cc}+/gu;
/** No charger with OCPP-J measured a session before; clocks that were never set begin in 1970 or 2000. */
export const EARLIEST = Date.UTC(2020, 0, 1);
const MINUTE_MS = 60_000;

const offsetOf = (zone: string): number => {
  if (/^z$/i.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * MINUTE_MS;
};

/** Epoch milliseconds of a date and time of the calendar, taken for UTC. */
function calendarTime(parts: readonly string[], fraction: string): number | undefined {
  const [year, month, day, hour, minute, second] = parts.map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, Math.floor(Number(`0.${fraction}`) * 1000));
  const sameDay = date.getUTCDate() === day && date.getUTCMonth() === month - 1;
  return sameDay && hour < 24 && minute < 60 && second < 61 ? date.getTime() : undefined;
}

/** Reads the time of a charger. Without a zone it is taken for UTC. A day that does not exist is unreadable. */
export function readTime(text: unknown): ReadTime {
  if (text === undefined || text === null || text === '') return { quirk: 'time_missing' };
  const match = typeof text === 'string' ? TIME.exec(text.replace(CONTROL, ' ').trim()) : null;
  if (!match) return { quirk: 'time_unreadable' };
  // Groups that did not take part are undefined, whatever the type says.
  const [year, , ...rest] = match.slice(1, 8).map((part: string | undefined) => part ?? '0');
  const zone: string | undefined = match[9];
  const local = calendarTime([year ?? '0', ...rest], match[8] ?? '0');
  if (local === undefined) return { quirk: 'time_unreadable' };
  const at = local - offsetOf(zone ?? 'Z');
  if (at < EARLIEST) return { at, quirk: 'time_before_2020' };
  return zone === undefined ? { at, quirk: 'time_without_zone' } : { at };
}

/** A time as every charger understands it: `YYYY-MM-DDThh:mm:ssZ`. */
export const ocppTime = (at: Date | number): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
