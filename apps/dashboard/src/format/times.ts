const PLAIN = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?$/;

/** A moment of the API: with a zone as it is; without one it is UTC. */
export function momentOf(text: string): Date {
  const plain = PLAIN.exec(text);
  return new Date(plain ? `${plain[1]}T${plain[2]}${plain[3] ?? ':00'}Z` : text);
}

/** A day; that of a moment in a zone, by default the reader's. */
export function formatDate(text: string | null | undefined, locale: string, timeZone?: string): string {
  if (!text) return '–';
  // A day is no moment: it is the same day everywhere.
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const date = isDay ? new Date(`${text}T00:00:00Z`) : momentOf(text);
  if (Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: isDay ? 'UTC' : timeZone }).format(date);
}

/** A moment in a zone, by default the reader's, which is named: the same page shows times of several zones. */
export function formatMoment(text: string | null | undefined, locale: string, timeZone?: string): string {
  if (!text) return '–';
  const date = momentOf(text);
  if (Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(date);
}

/** A moment to the second, in the reader's zone, which is named. */
export function formatExact(text: string | null | undefined, locale: string): string {
  if (!text) return '–';
  const date = momentOf(text);
  if (Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(date);
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
