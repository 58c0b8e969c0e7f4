import { ApiProperty, OmitType } from '../core/documentation';
import { ChargePointFull } from '../stations/charge-point-full';
import { PRICE_UNITS, type PriceUnit } from '../stations/charge-point-words';

const optional = { nullable: true } as const;

/** 0 open, 1 completed, 2 taken back. */
export const ORDER_STATUS = { open: 0, completed: 1, cancelled: 2 } as const;
export type OrderStatus = (typeof ORDER_STATUS)[keyof typeof ORDER_STATUS];

/** An order as feedback embeds it: in USD, `price` with four decimals, `earning` a number (reference L1069-1073). */
export class OrderRaw {
  @ApiProperty({ example: 171 }) id: number;
  @ApiProperty({ example: 12 }) charge_point_id: number;
  /** Id of the connector on that power center; null where it has none. */
  @ApiProperty({ ...optional, type: Number, example: 14 }) charge_point_connector_id: number | null;
  /** Minutes. */
  @ApiProperty({ example: '51.7700' }) charging_session_time: string;
  /** kWh. */
  @ApiProperty({ example: '1.5600' }) charging_session_energy: string;
  @ApiProperty({ example: 'minutes', enum: PRICE_UNITS }) unit: PriceUnit;
  /** A number as text, or FULL. */
  @ApiProperty({ example: '10' }) requested_quantity: string;
  @ApiProperty({ example: 0, enum: [0, 1] }) feedback_exist: 0 | 1;
  @ApiProperty({ example: 1, enum: [0, 1, 2] }) status: OrderStatus;
  @ApiProperty({ ...optional, type: String, example: '2024-09-16 07:33:27' }) delivery_date: string | null;
  /** The driver; the owner where a card alone was shown. */
  @ApiProperty({ example: 1 }) user_id: number;
  @ApiProperty({ ...optional, type: Number, example: null }) fleet_id: number | null;
  @ApiProperty({ example: '51.0000' }) quantity: string;
  @ApiProperty({ example: '102.0000' }) price: string;
  @ApiProperty({ example: '1.00' }) fees: string;
  @ApiProperty({ example: 15.3 }) earning: number;
  @ApiProperty({ example: '2.00' }) unit_price: string;
  @ApiProperty({ example: '2025-01-08T07:33:27.000000Z' }) created_at: string;
  @ApiProperty({ example: '2025-03-04T13:27:56.000000Z' }) updated_at: string;
  @ApiProperty({ ...optional, type: Number, example: 1 }) connector_number: number | null;
}

/** A part of a session that cost the same, in the viewer's currency. */
export class OrderSlice {
  /** Its place among the order's slices, from 1. */
  @ApiProperty({ example: 1 }) id: number;
  @ApiProperty({ example: 12 }) quantity: number;
  @ApiProperty({ example: 2 }) price: number;
  @ApiProperty({ example: 24 }) total: number;
  @ApiProperty({ example: '08:00' }) startingTime: string;
  @ApiProperty({ example: '08:12' }) endingTime: string;
}

class OrderInCurrency extends OmitType(OrderRaw, ['earning'] as const) {
  @ApiProperty({ type: ChargePointFull }) charge_point: ChargePointFull;
  /** When it began. */
  @ApiProperty({ example: '2024-09-16 07:33' }) insert_date: string;
  /** Empty where one price was in force throughout. */
  @ApiProperty({ type: [OrderSlice] }) prices: OrderSlice[];
  /** What the platform keeps of the price: negative where it gives. */
  @ApiProperty({ example: '-953.47' }) app_fees: string;
  @ApiProperty({ example: '27.0000' }) elapsed_time: string;
}

/** An order of the order endpoints: `price` with two decimals, `earning` a text (reference L1397). */
export class Order extends OrderInCurrency {
  @ApiProperty({ example: '953.47' }) earning: string;
}

/** The same in a power center's list: `earning` is a number in USD, `insert_date` has seconds (reference L2497). */
export class ChargePointOrder extends OrderInCurrency {
  @ApiProperty({ example: 7 }) earning: number;
}
