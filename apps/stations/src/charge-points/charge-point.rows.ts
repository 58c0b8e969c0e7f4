import type { ConnectorState } from '@open-cpo/contracts';
import type { RowOf } from '@open-cpo/persistence';
import type { AmenityEntity } from '../catalogues/catalogues.entities';
import type { ChargePointEntity } from './charge-point.entity';
import type { LISTED_COLUMNS, OWN_COLUMNS } from './charge-point.queries';

/** What today's earning is computed from. */
export type EarnedToday = Readonly<
  Pick<ChargePointEntity, 'time_zone' | 'earning_day' | 'earning_day_usd' | 'earning_day_earned'>
>;

/** What the lists read. */
export type ListedRow = RowOf<typeof LISTED_COLUMNS>;

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

/** The price as entered and what it was in USD; all three or none. */
export type PriceColumns = Readonly<Pick<ChargePointEntity, 'price_amount' | 'price_currency' | 'price_usd'>>;

/** A power center with all that belongs to it. */
export interface WholeRow extends RowOf<typeof OWN_COLUMNS> {
  readonly charger_type: ChargerTypeRow | null;
  readonly connectors: readonly ConnectorRow[];
  readonly amenities: readonly Readonly<AmenityEntity>[];
}
