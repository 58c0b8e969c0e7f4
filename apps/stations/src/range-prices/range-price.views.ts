import type { RangePrice } from '@open-cpo/contracts';
import type { PriceColumns } from '../charge-points/charge-point.rows';
import { priceIn, type Viewer } from '../charge-points/charge-point.views';

/** A range price as it is read; times are `HH:MM`. */
export interface RangePriceRow extends PriceColumns {
  readonly id: number;
  readonly charge_point_id: number;
  readonly starting: string;
  readonly ending: string;
}

export const rangePriceView = (row: RangePriceRow, viewer: Pick<Viewer, 'currency' | 'rate'>): RangePrice => ({
  id: row.id,
  price: priceIn(row, viewer),
  startingTime: row.starting,
  endingTime: row.ending,
});
