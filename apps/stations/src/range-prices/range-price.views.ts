import type { RangePrice } from '@open-cpo/contracts';
import type { PriceColumns } from '../charge-points/charge-point.rows';
import { priceIn, type Viewer } from '../charge-points/charge-point.views';
import type { RangePriceEntity } from './range-price.entity';

/** A range price as it is read; times are `HH:MM`. */
export type RangePriceRow = PriceColumns &
  Readonly<Pick<RangePriceEntity, 'id' | 'charge_point_id' | 'starting' | 'ending'>>;

export const rangePriceView = (row: RangePriceRow, viewer: Pick<Viewer, 'currency' | 'rate'>): RangePrice => ({
  id: row.id,
  price: priceIn(row, viewer),
  startingTime: row.starting,
  endingTime: row.ending,
});
