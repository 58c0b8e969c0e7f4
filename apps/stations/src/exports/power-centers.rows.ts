import type { Earned } from '@open-cpo/persistence';
import type { PriceColumns } from '../charge-points/charge-point.rows';
import type { Flags } from '../charge-points/charge-point.rules';

/** What an export reads of a power center. */
export interface ExportedRow extends Flags, PriceColumns {
  readonly id: number;
  readonly title: string;
  readonly identifier: string;
  readonly category: string;
  readonly listed: boolean;
  readonly address: string;
  readonly city: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly connectors: number;
  readonly price_unit: string;
  readonly orders_count: number;
  readonly total_energy: string;
  readonly total_sessions_time: string;
  readonly total_earnings_usd: string;
  readonly total_earned: Earned;
  readonly rating: string;
  readonly created_here: string;
}
