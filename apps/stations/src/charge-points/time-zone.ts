import lookup from '@photostructure/tz-lookup';

const days = new Map<string, Intl.DateTimeFormat>();

/** Whether this process knows a time zone by that name. */
export const isZone = (name: string): boolean => {
  try {
    return dayFormat(name) !== undefined;
  } catch {
    return false;
  }
};

/** `en-CA` writes a day as ISO 8601 does. Making a format costs much more than using it. */
function dayFormat(timeZone: string): Intl.DateTimeFormat {
  const known = days.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  days.set(timeZone, made);
  return made;
}

/** The zone at these coordinates, which may be no place on earth; else the account's, else UTC. */
export function timeZoneAt(latitude: number | null, longitude: number | null, ofAccount: string): string {
  const onEarth = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  const zone = onEarth ? lookup(latitude, longitude) : ofAccount;
  return isZone(zone) ? zone : 'UTC';
}

/** The calendar day in a zone: `2025-05-12`. */
export const dayIn = (timeZone: string, at: Date): string => dayFormat(timeZone).format(at);
