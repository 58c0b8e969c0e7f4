const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day in a zone, now: `2025-05-12`. */
export function dayIn(timeZone: string): string {
  const known = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone });
  formats.set(timeZone, known);
  return known.format(new Date());
}
