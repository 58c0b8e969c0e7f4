import { Amount, Bool, Choice, Id, Int, NestedList, Numeric, Ref, RefList, Text, TimeOfDay } from '../fields';
import { CHARGE_POINT_CATEGORIES, PRICE_UNITS } from './charge-point-words';

/** Most connectors one power center has. */
export const MOST_CONNECTORS = 100;

/** Only `title` and `category` are needed; an identifier is made when there is none. */
export class CreateChargePoint {
  @Text({ presence: 'required', example: 'veniam' }) title: string;
  @Text({ example: 'facilis', description: 'Unique; made when absent.' }) identifier?: string | null;
  @Choice(CHARGE_POINT_CATEGORIES, { presence: 'required', example: 'EV_CHARGER' }) category: string;
  @Text({ example: 'ut' }) address_line_1?: string | null;
  @Text({ example: 'est' }) address_line_2?: string | null;
  @Text({ example: 'amet' }) address_line_3?: string | null;
  @Text({ max: 32, example: 'rerum' }) zipcode?: string | null;
  @Text({ example: 'facere' }) city?: string | null;
  @Text({ example: 'id' }) state?: string | null;
  // No check of the range: the reference's own examples would fail it (L2735).
  @Numeric({ example: 49.28628 }) latitude?: number | null;
  @Numeric({ example: 144776 }) longitude?: number | null;
}

/** A connector of the catalogue, mounted under a number. */
export class MountedConnector {
  @Ref({ presence: 'required', example: 1, description: 'Id of the kind of connector.' }) id: number;
  @Int({ min: 0, max: 10_000, example: 2, description: 'Number on the power center.' }) number?: number | null;
}

/** What is absent stays; a present `title`, `category`, `price_unit` or `listed` must not be empty. */
export class ChangeChargePoint {
  @Id() id: number;
  @Text({ presence: 'filled', example: 'FastCharge Station 101' }) title?: string;
  @Text({ max: 5000, example: 'Available 24/7 near the main square.' }) description?: string | null;
  @Numeric({ example: 25.276987 }) latitude?: number | null;
  @Numeric({ example: 55.296249 }) longitude?: number | null;
  @Text({ example: '123 Main Street' }) address_line_1?: string | null;
  @Text({ example: 'Suite 4B' }) address_line_2?: string | null;
  @Text({ example: 'Business Complex' }) address_line_3?: string | null;
  @Text({ max: 32, example: '12345' }) zipcode?: string | null;
  @Text({ example: 'Dubai' }) city?: string | null;
  @Text({ example: 'Dubai' }) state?: string | null;
  @Text({ max: 32, ascii: true, example: '+971500000000' }) contact_number?: string | null;
  @TimeOfDay({ seconds: true, example: '08:00:00' }) open_time?: string | null;
  @TimeOfDay({ seconds: true, example: '22:00:00' }) close_time?: string | null;
  @Amount({ decimals: 2, example: 15.5 }) price?: string | null;
  @Text({ example: 'AED', description: 'ISO 4217 code of the price; by default the caller’s currency.' })
  price_currency?: string | null;
  @Choice(CHARGE_POINT_CATEGORIES, { presence: 'filled', example: 'EV_CHARGER' }) category?: string;
  @Choice(PRICE_UNITS, { presence: 'filled', example: 'minutes' }) price_unit?: string;
  @Int({ min: 0, example: 60, description: '0: no limit.' }) session_limit_value?: number | null;
  @Choice(PRICE_UNITS, { example: 'minutes' }) session_limit_type?: string | null;
  @Bool({ presence: 'filled', example: false, description: 'true: public.' }) listed?: boolean;
  @Text({
    max: 64,
    ascii: true,
    example: 'Asia/Dubai',
    description:
      'Addition: IANA name of the time zone; null: the one at the coordinates. Holds for new days and sessions.',
  })
  time_zone?: string | null;
  // The reference names these three last in its answer to a wrong request (L2881).
  @Ref({ example: 2, description: 'Id of the charger type.' }) type?: number | null;
  @RefList({ maxItems: 1000, example: [1] }) amenities?: number[] | null;
  @NestedList(() => MountedConnector, { maxItems: MOST_CONNECTORS }) connectors?: MountedConnector[] | null;
}
