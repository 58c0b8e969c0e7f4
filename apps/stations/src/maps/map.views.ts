import { MARKER_ICONS, type MapFeature, type MapPoint, type MapProperties } from '@open-cpo/contracts';
import { s2 } from '@open-cpo/persistence';
import { iso } from '../charge-points/charge-point-model.view';
import { statusOf } from '../charge-points/charge-point.rules';
import { type Addresses, coordinate, earning, pictureOf, type Viewer } from '../charge-points/charge-point.views';
import type { MapRow } from './maps.repository';

/** Who looks, and how coordinates are written for them. */
export interface MapViewer extends Viewer {
  readonly numbers: boolean;
}

const bit = (flag: boolean): 0 | 1 => (flag ? 1 : 0);

const described = (row: MapRow, { publicUrl }: Addresses) => ({
  id: row.id,
  identifier: row.identifier,
  category: row.category,
  price_unit: row.price_unit,
  title: row.title,
  description: row.description,
  latitude: coordinate(row.latitude),
  longitude: coordinate(row.longitude),
  address_line_1: row.address_line_1,
  address_line_2: row.address_line_2,
  address_line_3: row.address_line_3,
  zipcode: row.zipcode,
  city: row.city,
  state: row.state,
  status: statusOf(row),
  image: pictureOf(row, publicUrl),
  contact_number: row.contact_number,
  open_time: row.open_time,
  close_time: row.close_time,
});

/** What the table has, and columns that it need not have because they are the same for all (reference L2229-2248). */
const stored = (row: MapRow, { ownerId }: MapViewer) => ({
  user_id: ownerId,
  price: row.price_usd === null ? null : s2(row.price_usd),
  deleted_at: null,
  listed: bit(row.listed),
  token: row.token,
  session_limit_type: row.session_limit_type,
  session_limit_value: row.session_limit_value,
  created_at: iso(row.created_at),
  updated_at: iso(row.updated_at),
  external_details_id: null,
  identifier_update: 0 as const,
  start_energy_value: 0,
  configured: bit(row.configured),
  connected: bit(row.connected),
  busy: bit(row.busy),
  reserved: bit(row.reserved),
  charge_point_type_id: row.charge_point_type_id,
  charging_site_id: row.charging_site_id,
});

const propertiesOf = (row: MapRow, viewer: MapViewer, addresses: Addresses): MapProperties => ({
  ...described(row, addresses),
  ...stored(row, viewer),
  media: [],
  'icon-image': MARKER_ICONS[statusOf(row)],
  // In dollars for every viewer (reference L2252).
  marker_title: `${row.identifier}\n$${s2(row.price_usd ?? 0)}`,
  earning: earning(row, viewer),
});

/** Longitude first; as texts (reference L2259) unless the request asks for valid GeoJSON. */
function pointOf({ latitude, longitude }: MapRow, numbers: boolean): MapPoint | null {
  if (latitude === null || longitude === null) return null;
  if (numbers) {
    // RFC 7946 has degrees of WGS 84: a position outside the earth is none.
    const isOnEarth = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90;
    return isOnEarth ? { type: 'Point', coordinates: [longitude, latitude] } : null;
  }
  return { type: 'Point', coordinates: [coordinate(longitude) ?? '', coordinate(latitude) ?? ''] };
}

export const featureView = (row: MapRow, viewer: MapViewer, addresses: Addresses): MapFeature => ({
  type: 'Feature',
  properties: propertiesOf(row, viewer, addresses),
  geometry: pointOf(row, viewer.numbers),
});
