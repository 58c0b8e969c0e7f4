import { ApiProperty } from '../core/documentation';
import { list, nothing, operations, read, write } from '../core/operation';
import { Id } from '../fields';
import type { FieldOptions } from '../fields/field';
import { RangeAmount, RangeTime } from './range-price-fields';

/** A price that holds during a part of the day (reference L3001). */
export class RangePrice {
  @ApiProperty({ example: 2 }) id: number;
  /** In the viewer's currency. */
  @ApiProperty({ example: '649310.24' }) price: string;
  @ApiProperty({ example: '20:00' }) startingTime: string;
  /** 23:59 is the end of the day. */
  @ApiProperty({ example: '23:59' }) endingTime: string;
}

export class RangePriceRef {
  @Id() id: number;
}

/** The power center where the reference calls the parameter so (L2964). */
export class RangePricesOf {
  @Id() charge_point_id: number;
}

type Presence = FieldOptions['presence'];

const Price = (presence: Presence) =>
  RangeAmount({
    presence,
    example: 258.28,
    description: 'In the caller’s currency; rounded half up to two decimals, but never to 0.00.',
  });
const Starting = (presence: Presence) =>
  RangeTime({ presence, example: '09:02', description: 'On the power center’s own clock.' });
const Ending = (presence: Presence) =>
  RangeTime({ presence, example: '10:02', description: 'After the starting time; 23:59 is the end of the day.' });

export class CreateRangePrice {
  @Id() charge_point_id: number;
  @Price('required') price: string;
  @Starting('required') startingTime: string;
  @Ending('required') endingTime: string;
}

/** PUT: all three are required. */
export class ReplaceRangePrice {
  @Id() id: number;
  @Price('required') price: string;
  @Starting('required') startingTime: string;
  @Ending('required') endingTime: string;
}

/** PATCH: what is absent stays; what is there must not be empty. */
export class ChangeRangePrice {
  @Id() id: number;
  @Price('filled') price?: string;
  @Starting('filled') startingTime?: string;
  @Ending('filled') endingTime?: string;
}

export const rangePrices = operations('stations.range-prices', {
  /** All of a power center, by starting time: at most as many as a day has room for. */
  all: read(RangePricesOf, list(RangePrice)),
  one: read(RangePriceRef, RangePrice),
  create: write(CreateRangePrice, RangePrice, { audit: 'prices.create' }),
  replace: write(ReplaceRangePrice, RangePrice, { audit: 'prices.update' }),
  change: write(ChangeRangePrice, RangePrice, { audit: 'prices.update' }),
  remove: write(RangePriceRef, nothing, { audit: 'prices.delete' }),
});
