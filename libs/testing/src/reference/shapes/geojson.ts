import {
  bit,
  hms,
  id,
  int,
  iso,
  list,
  literal,
  nullable,
  number,
  numeric,
  object,
  oneOfValues,
  open,
  pattern,
  rule,
  s2,
  string,
  text,
  url,
} from '../shape';
import type { Keys, Shape } from '../shape';
import { addressKeys, cpCategory, cpStatus, cpToken, priceUnit, sessionLimitType } from './charge-points';

const described = {
  id,
  identifier: text,
  category: cpCategory,
  price_unit: priceUnit,
  title: text,
  description: nullable(string),
  latitude: nullable(numeric),
  longitude: nullable(numeric),
  ...addressKeys,
  status: cpStatus,
  image: url,
  contact_number: nullable(string),
  open_time: nullable(hms),
  close_time: nullable(hms),
} satisfies Keys;

const stored = {
  user_id: id,
  price: nullable(s2),
  deleted_at: nullable(iso),
  listed: bit,
  token: cpToken,
  session_limit_type: sessionLimitType,
  session_limit_value: int,
  created_at: iso,
  updated_at: iso,
  external_details_id: nullable(id),
  identifier_update: bit,
  start_energy_value: number,
  configured: bit,
  connected: bit,
  busy: bit,
  reserved: bit,
  charge_point_type_id: nullable(id),
  charging_site_id: nullable(id),
} satisfies Keys;

/** The properties of a feature: the stored row, with its marker. The second line of `marker_title` is in USD. */
const properties = object({
  ...described,
  ...stored,
  media: list(open()),
  'icon-image': oneOfValues('pin-cp-out-of-service', 'pin-cp-available', 'pin-cp-busy', 'pin-cp-booked'),
  marker_title: pattern(/^[^\n]+\n\$\d+\.\d{2}$/),
  earning: s2,
});

interface Feature {
  properties: { identifier: string; latitude: string | null; longitude: string | null; marker_title: string };
  geometry: { coordinates: (string | number)[] } | null;
}

const located = ({ properties: { latitude, longitude }, geometry }: Feature) =>
  geometry === null
    ? latitude === null || longitude === null
    : Number(geometry.coordinates[0]) === Number(longitude) && Number(geometry.coordinates[1]) === Number(latitude);

const titled = ({ properties: { identifier, marker_title } }: Feature) => marker_title.startsWith(`${identifier}\n`);

const feature = (coordinate: Shape): Shape => {
  const point = object({ type: literal('Point'), coordinates: list(coordinate, 2) });
  const plain = object({ type: literal('Feature'), properties, geometry: nullable(point) });
  const placed = rule<Feature>(plain, '[longitude, latitude] of the properties, or null where those are', located);
  return rule<Feature>(placed, 'marker_title to begin with the identifier', titled);
};

/** As recorded: coordinates are strings. */
export const cpFeature = feature(numeric);
/** RFC 7946, for who asks with `Accept: application/geo+json`. */
export const cpFeatureNumbers = feature(number);
