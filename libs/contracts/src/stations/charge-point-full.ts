import { ApiProperty, OmitType } from '../core/documentation';
import { AddressView, AmenityView, ChargerTypeView, ConnectorView } from './charge-point-parts';
import {
  CHARGE_POINT_CATEGORIES,
  CHARGE_POINT_STATUSES,
  INTEGRATION_PRICE_UNITS,
  INTEGRATION_STATUSES,
  PRICE_UNITS,
} from './charge-point-words';

const text = { type: String, nullable: true } as const;
const bit = { enum: [0, 1], example: 0 };

/** The whole power center (reference L2337). Amounts are in the viewer's currency, `price_usd` in USD. */
export class ChargePointFull {
  @ApiProperty({ example: 24 }) id: number;
  @ApiProperty({ example: 'PS_67DF25E57A981' }) identifier: string;
  @ApiProperty({ example: 'EV_CHARGER', enum: CHARGE_POINT_CATEGORIES }) category: string;
  @ApiProperty({ example: 'test open source API' }) title: string;
  @ApiProperty(text) description: string | null;
  @ApiProperty({ ...text, example: '36.64575836483359' }) latitude: string | null;
  @ApiProperty({ ...text, example: '2.9176092880736184' }) longitude: string | null;
  @ApiProperty({ example: false }) listed: boolean;
  @ApiProperty({ type: Number, nullable: true, example: null }) distance: number | null;
  @ApiProperty({ type: ChargerTypeView, nullable: true }) type: ChargerTypeView | null;
  @ApiProperty({ example: 'unavailable', enum: CHARGE_POINT_STATUSES }) status: string;
  @ApiProperty({ example: 'http://localhost:8080/images/charge-point-1.jpeg' }) image: string;
  @ApiProperty({ ...text, enum: PRICE_UNITS, example: null }) session_limit_type: string | null;
  @ApiProperty({ example: 0 }) session_limit_value: number;
  @ApiProperty(bit) online_status: 0 | 1;
  @ApiProperty(bit) configured: 0 | 1;
  @ApiProperty({ example: '0.00' }) rating: string;
  @ApiProperty({ example: 1 }) owner_id: number;
  @ApiProperty() address: AddressView;
  @ApiProperty({ example: 'EV_CHARGER_67DF25E57A988' }) token: string;
  @ApiProperty(text) contact_number: string | null;
  @ApiProperty({ ...text, example: '08:00:00' }) open_time: string | null;
  @ApiProperty({ ...text, example: '22:00:00' }) close_time: string | null;
  @ApiProperty({ example: '0.00' }) total_earnings: string;
  /** In kWh. */
  @ApiProperty({ example: 0 }) total_energy: number;
  /** In minutes. */
  @ApiProperty({ example: 0 }) total_sessions_time: number;
  @ApiProperty({ type: [ConnectorView] }) connectors: ConnectorView[];
  @ApiProperty({ type: [AmenityView] }) amenities: AmenityView[];
  @ApiProperty({ example: 'minutes', enum: PRICE_UNITS }) price_unit: string;
  @ApiProperty({ example: 0 }) orders_count: number;
  @ApiProperty({ example: '0.00' }) price: string;
  @ApiProperty({ example: 0 }) price_usd: number;
  @ApiProperty({ example: false }) is_external: boolean;
  @ApiProperty({ example: false }) is_in_use: boolean;
  @ApiProperty({ example: false }) is_reserved: boolean;
  @ApiProperty({ example: false }) available: boolean;
  @ApiProperty({ ...text, example: null }) next_reservation_near_now: string | null;
  @ApiProperty({ type: Object, nullable: true, example: null }) external_details: object | null;
  @ApiProperty({ example: '68.10' }) reservation_fee: string;
  @ApiProperty({ example: false }) booked_by_current_user: boolean;
  @ApiProperty({ example: false }) used_by_current_user: boolean;
  /** Today's. */
  @ApiProperty({ example: '0.00' }) earning: string;
}

/** The same for a request with an `API-KEY`: `kwh` for `energy`, `unavailable` for `busy` and `booked`. */
export class ChargePointForIntegration extends OmitType(ChargePointFull, ['status', 'price_unit'] as const) {
  @ApiProperty({ example: 'unavailable', enum: INTEGRATION_STATUSES }) status: string;
  @ApiProperty({ example: 'minutes', enum: INTEGRATION_PRICE_UNITS }) price_unit: string;
}
