/** A moment as most answers write it, in UTC with six digits after the second: "2025-05-12T09:02:00.000000Z". */
export const isoMoment = (moment: Date): string => moment.toISOString().replace('Z', '000Z');

const formats = new Map<string, Intl.DateTimeFormat>();

/** `en-CA` writes a day as ISO 8601 does. Making a format costs much more than using it. */
function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, made);
  return made;
}

/** The calendar day in a zone: `2025-05-12`. @throws RangeError for a zone that this process does not know */
export const localDay = (timeZone: string, moment: Date | number): string => dayFormat(timeZone).format(moment);
