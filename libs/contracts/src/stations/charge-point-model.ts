import { ApiProperty, ApiPropertyOptional } from '../core/documentation';
import { CHARGE_POINT_CATEGORIES, PRICE_UNITS } from './charge-point-words';

const text = { type: String, nullable: true } as const;
const coordinate = { type: Number, nullable: true } as const;

/**
 * What creating and updating answer: the attributes set at creation, in this order, coordinates as numbers
 * (reference L2750). Creation leaves out what the request left out.
 */
export class ChargePointModel {
  @ApiProperty({ example: 'minutes', enum: PRICE_UNITS }) price_unit: string;
  /** The account that owns it. */
  @ApiProperty({ example: 1 }) user_id: number;
  @ApiProperty({ example: 'veniam' }) title: string;
  @ApiProperty({ example: 'facilis' }) identifier: string;
  @ApiProperty({ example: 'EV_CHARGER_68220FE7D87CD' }) token: string;
  @ApiProperty({ example: 'EV_CHARGER', enum: CHARGE_POINT_CATEGORIES }) category: string;
  @ApiPropertyOptional({ ...text, example: 'ut' }) address_line_1?: string | null;
  @ApiPropertyOptional({ ...text, example: 'est' }) address_line_2?: string | null;
  @ApiPropertyOptional({ ...text, example: 'amet' }) address_line_3?: string | null;
  @ApiPropertyOptional({ ...text, example: 'rerum' }) zipcode?: string | null;
  @ApiPropertyOptional({ ...text, example: 'facere' }) city?: string | null;
  @ApiPropertyOptional({ ...text, example: 'id' }) state?: string | null;
  @ApiPropertyOptional({ ...coordinate, example: 49.28628 }) latitude?: number | null;
  @ApiPropertyOptional({ ...coordinate, example: 144776 }) longitude?: number | null;
  @ApiProperty({ example: '2025-05-12T15:12:39.000000Z' }) updated_at: string;
  @ApiProperty({ example: '2025-05-12T15:12:39.000000Z' }) created_at: string;
  @ApiProperty({ example: 25 }) id: number;
}
