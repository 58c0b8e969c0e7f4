import type { PowerCenter } from '../../api/power-centers';
import type { Values } from '../../forms/field';

/** A connector of the catalogue, mounted under a number. */
export interface Mounted {
  id: number;
  number: number | null;
}

const hours = (time: string | null | undefined): string => time?.slice(0, 5) ?? '';

/** What the form shows first. */
export function valuesOfCenter(center?: PowerCenter, zone?: { time_zone: string; source: string }): Values {
  const basic: Values = {
    title: center?.title ?? '',
    category: center?.category ?? 'EV_CHARGER',
    latitude: center?.latitude ?? '',
    longitude: center?.longitude ?? '',
    address_line_1: center?.address.address_line_1 ?? '',
    address_line_2: center?.address.address_line_2 ?? '',
    zipcode: center?.address.zipcode ?? '',
    city: center?.address.city ?? '',
    state: center?.address.state ?? '',
  };
  if (!center) return { ...basic, identifier: '' };
  return {
    ...basic,
    description: center.description ?? '',
    contact_number: center.contact_number ?? '',
    open_time: hours(center.open_time),
    close_time: hours(center.close_time),
    time_zone: zone?.source === 'request' ? zone.time_zone : '',
    session_limit_type: center.session_limit_type ?? undefined,
    session_limit_value: center.session_limit_value,
    type: center.type?.id ?? undefined,
    amenities: center.amenities.map(({ id }) => id),
    listed: center.listed,
  };
}
