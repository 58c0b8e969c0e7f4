import { ApiProperty } from '../core/documentation';
import { operations, read } from '../core/operation';
import { Json } from '../fields';
import type { ChargePointPricesChanged } from './price-facts';

/** A power center and a moment whose prices are asked for. */
export interface PricesAsked {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
}

export class PricesAt {
  @Json({ presence: 'required' }) asked: PricesAsked[];
}

export class PricesInForce {
  /**
   * What was in force at each moment, in no order; for a moment before all that is known, the last one of the first day.
   * Nothing for power centers that do not exist.
   */
  @ApiProperty({ type: Object, isArray: true }) versions: ChargePointPricesChanged[];
  /** ISO 8601: every change that was acknowledged before is in the answer. */
  @ApiProperty() as_of: string;
}

/** The history of prices, for the service that prices sessions; no route leads here. */
export const stationsPrices = operations('stations.prices', {
  at: read(PricesAt, PricesInForce),
});
