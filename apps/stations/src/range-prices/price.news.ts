import { Injectable } from '@nestjs/common';
import { type ChargePointPricesChanged, chargePointPricesChanged } from '@open-cpo/contracts';
import { Outbox, Transactions } from '@open-cpo/persistence';
import type { WholeRow } from '../charge-points/charge-point.rows';

/**
 * The event itself, kept in the history of prices. The clock is the database's, which all replicas share; the power center
 * is held, so that later versions have later moments.
 */
const CHANGED = `
  with told as (
    select c.id, c.account_id, c.time_zone, c.price_unit, coalesce(c.price_usd, 0)::text as price_usd,
      c.price_amount::text as price_amount, c.price_currency, c.session_limit_type, c.session_limit_value,
      to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as valid_from,
      coalesce((
        select json_agg(json_build_object('id', p.id, 'price_usd', p.price_usd::text, 'amount', p.price_amount::text,
          'currency', p.price_currency, 'starting', to_char(p.starting, 'HH24:MI'),
          'ending', to_char(p.ending, 'HH24:MI')) order by p.starting)
        from charge_point_prices p where p.charge_point_id = c.id), '[]') as ranges
    from charge_points c where c.id = $1
  )
  insert into charge_point_price_history (charge_point_id, valid_from, prices)
  select id, valid_from::timestamptz, to_jsonb(told) from told returning prices`;

interface Version {
  readonly prices: ChargePointPricesChanged;
}

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
  constructor(
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
  ) {}

  /** The caller holds the power center's row, so that the order of the events is that of the changes. */
  async changed(chargePointId: number): Promise<void> {
    const kept = await this.transactions.first<Version>(CHANGED, [chargePointId], 'prices.changed');
    if (kept) await this.outbox.publish(chargePointPricesChanged, chargePointId, kept.prices);
  }

  /** Only when anything is different that decides what a session costs. */
  async changedBetween(before: WholeRow, after: WholeRow): Promise<void> {
    if (DECISIVE.some((name) => before[name] !== after[name])) await this.changed(after.id);
  }
}
