import type { PowerCenter } from '../../api/power-centers';
import type { Values } from '../../forms/field';

/** A connector of the catalogue, mounted under a number. */
export interface Mounted {
  id: number;
  number: number | null;
}

/** What an input shows: nothing is an empty text. */
const shown = (value: unknown): unknown => value ?? '';
const hours = (time: string | null): string => time?.slice(0, 5) ?? '';
const ADDRESS = ['address_line_1', 'address_line_2', 'address_line_3', 'zipcode', 'city', 'state'] as const;

/** What the form shows first. */
export function valuesOfCenter(center?: PowerCenter, zone?: { time_zone: string; source: string }): Values {
  const basic: Values = {
    title: shown(center?.title),
    category: center?.category ?? 'EV_CHARGER',
    latitude: shown(center?.latitude),
    longitude: shown(center?.longitude),
    ...Object.fromEntries(ADDRESS.map((name) => [name, shown(center?.address[name])])),
  };
  return center ? { ...basic, ...detailsOf(center), time_zone: givenZone(zone) } : { ...basic, identifier: '' };
}

const givenZone = (zone?: { time_zone: string; source: string }): string =>
  zone?.source === 'request' ? zone.time_zone : '';

const detailsOf = (center: PowerCenter): Values => ({
  description: shown(center.description),
  contact_number: shown(center.contact_number),
  open_time: hours(center.open_time),
  close_time: hours(center.close_time),
  session_limit_type: center.session_limit_type ?? undefined,
  session_limit_value: center.session_limit_value,
  type: center.type?.id,
  amenities: center.amenities.map(({ id }) => id),
  listed: center.listed,
});
