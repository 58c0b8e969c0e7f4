import { hm, id, object, rule, s2 } from '../shape';

interface Range {
  startingTime: string;
  endingTime: string;
}

/** A price for a part of the day. */
export const rangePrice = rule<Range>(
  object({ id, price: s2, startingTime: hm, endingTime: hm }),
  'an ending time after the starting time',
  ({ startingTime, endingTime }) => endingTime > startingTime,
);
