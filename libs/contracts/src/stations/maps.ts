import { ApiProperty } from '../core/documentation';
import { operations, read, stream } from '../core/operation';
import { Bool, Id } from '../fields';
import {
  CHARGE_POINT_CATEGORIES,
  CHARGE_POINT_STATUSES,
  type ChargePointStatus,
  PRICE_UNITS,
} from './charge-point-words';

const text = { type: String, nullable: true } as const;
const reference = { type: Number, nullable: true } as const;
const bit = { enum: [0, 1], example: 0 };

/** The pictures of markers, one a status. */
export const MARKER_ICONS = {
  unavailable: 'pin-cp-out-of-service',
  available: 'pin-cp-available',
  busy: 'pin-cp-busy',
  booked: 'pin-cp-booked',
} as const satisfies Record<ChargePointStatus, string>;
export type MarkerIcon = (typeof MARKER_ICONS)[ChargePointStatus];

/** A power center on a map: its stored row and its marker (reference L2212). Prices are in USD. */
export class MapProperties {
  @ApiProperty({ example: 24 }) id: number;
  @ApiProperty({ example: 'PS_67DF25E57A981' }) identifier: string;
  @ApiProperty({ example: 'EV_CHARGER', enum: CHARGE_POINT_CATEGORIES }) category: string;
  @ApiProperty({ example: 'minutes', enum: PRICE_UNITS }) price_unit: string;
  @ApiProperty({ example: 'test open source API' }) title: string;
  @ApiProperty(text) description: string | null;
  @ApiProperty({ ...text, example: '36.64575836483359' }) latitude: string | null;
  @ApiProperty({ ...text, example: '2.9176092880736184' }) longitude: string | null;
  @ApiProperty({ ...text, example: 'Tassala' }) address_line_1: string | null;
  @ApiProperty(text) address_line_2: string | null;
  @ApiProperty(text) address_line_3: string | null;
  @ApiProperty(text) zipcode: string | null;
  @ApiProperty(text) city: string | null;
  @ApiProperty(text) state: string | null;
  @ApiProperty({ example: 'unavailable', enum: CHARGE_POINT_STATUSES }) status: ChargePointStatus;
  @ApiProperty({ example: 'http://localhost:8080/images/charge-point-1.jpeg' }) image: string;
  @ApiProperty(text) contact_number: string | null;
  @ApiProperty({ ...text, example: '08:00:00' }) open_time: string | null;
  @ApiProperty({ ...text, example: '22:00:00' }) close_time: string | null;
  /** The account that owns it. */
  @ApiProperty({ example: 1 }) user_id: number;
  /** Null as long as none was ever set. */
  @ApiProperty({ ...text, example: null }) price: string | null;
  @ApiProperty({ ...text, example: null }) deleted_at: string | null;
  @ApiProperty(bit) listed: 0 | 1;
  @ApiProperty({ example: 'EV_CHARGER_67DF25E57A988' }) token: string;
  @ApiProperty({ ...text, enum: PRICE_UNITS, example: null }) session_limit_type: string | null;
  @ApiProperty({ example: 0 }) session_limit_value: number;
  @ApiProperty({ example: '2025-03-22T21:04:37.000000Z' }) created_at: string;
  @ApiProperty({ example: '2025-03-27T10:13:18.000000Z' }) updated_at: string;
  @ApiProperty({ ...reference, example: null }) external_details_id: number | null;
  @ApiProperty(bit) identifier_update: 0 | 1;
  @ApiProperty({ example: 0 }) start_energy_value: number;
  @ApiProperty(bit) configured: 0 | 1;
  @ApiProperty(bit) connected: 0 | 1;
  @ApiProperty(bit) busy: 0 | 1;
  @ApiProperty(bit) reserved: 0 | 1;
  @ApiProperty({ ...reference, example: null }) charge_point_type_id: number | null;
  @ApiProperty({ ...reference, example: null }) charging_site_id: number | null;
  @ApiProperty({ type: [Object], example: [] }) media: object[];
  @ApiProperty({ enum: Object.values(MARKER_ICONS), example: 'pin-cp-out-of-service' }) 'icon-image': MarkerIcon;
  /** The identifier, and below it the base price in USD. */
  @ApiProperty({ example: 'PS_67DF25E57A981\n$0.00' }) marker_title: string;
  /** Today's, in the viewer's currency. */
  @ApiProperty({ example: '0.00' }) earning: string;
}

export class MapPoint {
  @ApiProperty({ enum: ['Point'] }) type: 'Point';
  /** Longitude and latitude: texts, or numbers for who asks for `application/geo+json`. */
  @ApiProperty({
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    minItems: 2,
    maxItems: 2,
    example: ['2.9176092880736184', '36.64575836483359'],
  })
  coordinates: [string, string] | [number, number];
}

export class MapFeature {
  @ApiProperty({ enum: ['Feature'] }) type: 'Feature';
  @ApiProperty({ type: MapProperties }) properties: MapProperties;
  /** Null for a power center without coordinates. */
  @ApiProperty({ type: MapPoint, nullable: true }) geometry: MapPoint | null;
}

/** GeoJSON of one power center. */
export class MapFeatures {
  @ApiProperty({ enum: ['FeatureCollection'] }) type: 'FeatureCollection';
  @ApiProperty({ type: [MapFeature] }) features: MapFeature[];
}

/** How coordinates are written: `numbers` as RFC 7946 asks, else as texts. The gateway derives it from `Accept`. */
export class MapOfAll {
  @Bool() numbers?: boolean | null;
}

export class MapOfOne extends MapOfAll {
  @Id() id: number;
}

export const maps = operations('stations.maps', {
  /** Every power center, newest first. */
  all: stream(MapOfAll, MapFeature),
  one: read(MapOfOne, MapFeatures),
});
