import { CHARGE_POINT_STATUSES, type ChargePointSortKey, type ListChargePoints } from '@open-cpo/contracts';
import type { List } from '@open-cpo/persistence';
import * as sql from './charge-point.queries';

/** The currency that earnings are shown in, and its units for one US dollar. */
export interface ShownIn {
  readonly currency: string;
  readonly rate: string;
}

/** The status that `statusOf` shows, as its place among all. */
const placeOf = (status: (typeof CHARGE_POINT_STATUSES)[number]): number => CHARGE_POINT_STATUSES.indexOf(status);
const STATUS = `case when not (c.configured and c.connected) or c.faulted then ${placeOf('unavailable')}
  when c.busy then ${placeOf('busy')} when c.reserved then ${placeOf('booked')} else ${placeOf('available')} end`;

/** Today's earning, as the list shows it; $2 is the currency and $3 its rate. */
const EARNING = `case when c.earning_day = (now() at time zone c.time_zone)::date
  then (c.earning_day_usd - coalesce((c.earning_day_earned->$2::text->>0)::numeric, 0)) * $3::numeric
    + coalesce((c.earning_day_earned->$2::text->>1)::numeric, 0) else 0 end`;

/**
 * What the keys are in SQL. Titles and identifiers have indexes. The others change with sessions and feedback: an index
 * would make each of these dearer, so that the rows of the account are sorted instead.
 */
const KEYS: Readonly<Record<ChargePointSortKey, string>> = {
  title: 'lower(c.title)',
  identifier: 'lower(c.identifier)',
  status: STATUS,
  earning: EARNING,
  rating: 'c.rating',
};

// What is searched for is found by its text and then sorted: by an index of the order, the table would be read to its end
// for a text that nothing has.
const UNINDEXED: typeof KEYS = {
  ...KEYS,
  title: `lower(c.title) || ''`,
  identifier: `lower(c.identifier) || ''`,
};

/** A list of an account's power centers. Equal rows follow their ids in the direction of the first key. */
export function listOf(query: ListChargePoints, accountId: number, { currency, rate }: ShownIn): List {
  const direction = query.sortBy?.[0]?.order ?? 'desc';
  const byEarning = query.sortBy?.some(({ key }) => key === 'earning') ?? false;
  return {
    select: sql.LISTED_COLUMNS,
    from: 'charge_points c',
    where: sql.OWNED,
    params: [accountId, ...(byEarning ? [currency, rate] : [])],
    total: sql.TOTAL,
    order: `${query.search ? 'c.id + 0' : 'c.id'} ${direction}`,
    sortKeys: query.search ? UNINDEXED : KEYS,
    searchIn: 'c.search_text',
    query,
  };
}
