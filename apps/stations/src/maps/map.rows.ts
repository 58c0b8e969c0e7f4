import type { Flags } from '../charge-points/charge-point.rules';
import type { EarnedToday, WholeRow } from '../charge-points/charge-point.rows';

type Taken =
  | 'id'
  | 'account_id'
  | 'identifier'
  | 'token'
  | 'category'
  | 'title'
  | 'description'
  | 'latitude'
  | 'longitude'
  | 'address_line_1'
  | 'address_line_2'
  | 'address_line_3'
  | 'zipcode'
  | 'city'
  | 'state'
  | 'contact_number'
  | 'open_time'
  | 'close_time'
  | 'image'
  | 'listed'
  | 'price_unit'
  | 'price_usd'
  | 'session_limit_type'
  | 'session_limit_value'
  | 'charge_point_type_id'
  | 'created_at'
  | 'updated_at';

/** What a map shows of a power center: its own row, without what belongs to it. */
export interface MapRow extends Pick<WholeRow, Taken>, Flags, EarnedToday {
  readonly charging_site_id: number | null;
}
