const PLAIN = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?$/;

/** A moment of the API: with a zone as it is; without one it is UTC. */
export function momentOf(text: string): Date {
  const plain = PLAIN.exec(text);
  return new Date(plain ? `${plain[1]}T${plain[2]}${plain[3] ?? ':00'}Z` : text);
}

export function formatDate(text: string | null | undefined, locale: string): string {
  if (!text) return '–';
  // A day is no moment: it is the same day everywhere.
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : momentOf(text);
  if (Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(date);
}

/** A moment in a zone; with the zone's name where it is not the reader's own. */
export function formatMoment(text: string | null | undefined, locale: string, timeZone?: string): string {
  if (!text) return '–';
  const date = momentOf(text);
  if (Number.isNaN(date.getTime())) return text;
  const named = timeZone !== undefined && timeZone !== ownZone();
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone ? { timeZone } : {}),
    ...(named ? { timeZoneName: 'short' } : {}),
  }).format(date);
}

export const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The day of a moment in a zone, as `2025-05-12`. */
export function dayOf(moment: Date, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(moment);
}

/** The last days, the oldest first, ending with the day of `now`. */
export function lastDays(count: number, now: Date, timeZone?: string): string[] {
  const end = new Date(`${dayOf(now, timeZone)}T00:00:00Z`).getTime();
  const day = 24 * 60 * 60 * 1000;
  return Array.from({ length: count }, (_, index) =>
    new Date(end - (count - 1 - index) * day).toISOString().slice(0, 10),
  );
}

/** How long ago, in words of the language. */
export function formatAgo(text: string, locale: string, now = Date.now()): string {
  const seconds = Math.round((momentOf(text).getTime() - now) / 1000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const [limit, size, unit] = UNITS.find(([most]) => Math.abs(seconds) < most) ?? UNITS.at(-1)!;
  void limit;
  return format.format(Math.round(seconds / size), unit);
}

const UNITS: readonly (readonly [number, number, Intl.RelativeTimeFormatUnit])[] = [
  [60, 1, 'second'],
  [3600, 60, 'minute'],
  [86_400, 3600, 'hour'],
  [Infinity, 86_400, 'day'],
];
