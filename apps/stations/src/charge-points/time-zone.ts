import { localDay } from '@open-cpo/contracts';
import lookup from '@photostructure/tz-lookup';
import { version } from '@photostructure/tz-lookup/package.json';

/** The package has no list of its names: they are the texts with a slash in its code, which a test checks. */
const names = [...lookup.toString().matchAll(/"([A-Z]\w+\/[\w+/-]+)"/g)].map(([, name = '']) => name);

/** The version of the package that says which zone a place is in, and all zones that it knows. */
export const TIME_ZONE_LOOKUP = { version, zones: names };

/** Whether this process knows a time zone by that name. */
export const isZone = (name: string): boolean => {
  try {
    return localDay(name, 0) !== '';
  } catch {
    return false;
  }
};

/** The zone at these coordinates, which may be no place on earth; else the account's, else UTC. */
export function timeZoneAt(latitude: number | null, longitude: number | null, ofAccount: string): string {
  const onEarth = latitude !== null && longitude !== null && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  const zone = onEarth ? lookup(latitude, longitude) : ofAccount;
  return isZone(zone) ? zone : 'UTC';
}
