import lookup from '@photostructure/tz-lookup';
import { version } from '@photostructure/tz-lookup/package.json';

/** The package has no list of its names: they are the texts with a slash in its code, which a test checks. */
const names = [...lookup.toString().matchAll(/"([A-Z]\w+\/[\w+/-]+)"/g)].map(([, name = '']) => name);

/** The version of the package that says which zone a place is in, and all zones that it knows. */
export const TIME_ZONE_LOOKUP = { version, zones: names };

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
