import type { ConnectorState } from '@open-cpo/contracts';
import type { Earned } from '@open-cpo/persistence';
import type { Flags } from './charge-point.rules';

/** What today's earning is computed from. */
export interface EarnedToday {
  readonly time_zone: string;
  readonly earning_day: string | null;
  readonly earning_day_usd: string;
  readonly earning_day_earned: Earned;
}

/** What the lists read. */
export interface ListedRow extends Flags, EarnedToday {
  readonly id: number;
  readonly title: string;
  readonly identifier: string;
  readonly listed: boolean;
  readonly rating: string;
}

export interface ConnectorRow {
  readonly id: number;
  readonly number: number | null;
  readonly status: ConnectorState;
  readonly type_id: number;
  readonly name: string;
  readonly icon: string;
  readonly type: string;
  readonly max_power: number;
}

export interface ChargerTypeRow {
  readonly id: number;
  readonly name: string;
  readonly img: string;
  readonly current_type: string;
  readonly max_power: number;
}

export interface AmenityRow {
  readonly id: number;
  readonly name: string;
  readonly icon: string | null;
  readonly description: string | null;
}

/** The price as entered and what it was in USD; all three or none. */
export interface PriceColumns {
  readonly price_amount: string | null;
  readonly price_currency: string | null;
  readonly price_usd: string | null;
}

/** A power center with all that belongs to it. */
export interface WholeRow extends ListedRow, PriceColumns {
  readonly account_id: number;
  readonly time_zone_set: boolean;
  readonly token: string;
  readonly category: string;
  readonly description: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly address_line_1: string | null;
  readonly address_line_2: string | null;
  readonly address_line_3: string | null;
  readonly zipcode: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly contact_number: string | null;
  readonly open_time: string | null;
  readonly close_time: string | null;
  readonly image: string | null;
  readonly charge_point_type_id: number | null;
  readonly price_unit: string;
  readonly session_limit_type: string | null;
  readonly session_limit_value: number;
  readonly total_earnings_usd: string;
  readonly total_earned: Earned;
  readonly total_energy: string;
  readonly total_sessions_time: string;
  readonly orders_count: number;
  readonly connection_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly charger_type: ChargerTypeRow | null;
  readonly connectors: readonly ConnectorRow[];
  readonly amenities: readonly AmenityRow[];
}
