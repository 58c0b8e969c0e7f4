import { Injectable } from '@nestjs/common';
import { chargePointPricesChanged } from '@open-cpo/contracts';
import { Outbox } from '@open-cpo/persistence';
import type { WholeRow } from '../charge-points/charge-point.rows';

/**
 * The event itself, kept in the history of prices. The clock is the database's, which all replicas share; the power center
 * is held, and a later version has a later moment. Whole milliseconds: a client that has the answer has a later one.
 */
const CHANGED = `
  with told as (
    select c.id, c.account_id, c.time_zone, c.price_unit, coalesce(c.price_usd, 0)::text as price_usd,
      c.price_amount::text as price_amount, c.price_currency, c.session_limit_type, c.session_limit_value,
      to_char(greatest(date_trunc('milliseconds', clock_timestamp()), (
        select max(h.valid_from) + interval '1 millisecond' from charge_point_price_history h where h.charge_point_id = c.id
      )) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as valid_from,
      coalesce((
        select json_agg(json_build_object('id', p.id, 'price_usd', p.price_usd::text, 'amount', p.price_amount::text,
          'currency', p.price_currency, 'starting', to_char(p.starting, 'HH24:MI'),
          'ending', to_char(p.ending, 'HH24:MI')) order by p.starting)
        from charge_point_prices p where p.charge_point_id = c.id), '[]') as ranges
    from charge_points c where c.id = $1
  )
  insert into charge_point_price_history (charge_point_id, valid_from, prices)
  select id, valid_from::timestamptz, to_jsonb(told) from told returning prices as payload`;

const DECISIVE = [
  'time_zone',
  'price_unit',
  'price_usd',
  'price_amount',
  'price_currency',
  'session_limit_type',
  'session_limit_value',
] as const;

/** Tells other services what sessions cost from now on, in the transaction of the change. */
@Injectable()
export class PriceNews {
  constructor(private readonly outbox: Outbox) {}

  /** The caller holds the power center's row, so that the order of the events is that of the changes. */
  changed(chargePointId: number): void {
    const kept = { text: CHANGED, values: [chargePointId], name: 'prices.changed' };
    this.outbox.publishFrom(chargePointPricesChanged, chargePointId, kept);
  }

  /** Only when anything is different that decides what a session costs. */
  changedBetween(before: WholeRow, after: WholeRow): void {
    if (DECISIVE.some((name) => before[name] !== after[name])) this.changed(after.id);
  }
}
