import { Controller } from '@nestjs/common';
import {
  type ChargePointPricesChanged,
  type HandlersOf,
  type PricesAt,
  type PricesInForce,
  stationsPrices,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';

/** The last version up to a moment; for an earlier moment than all, the last one of the first day. */
const AT = `
  select distinct h.prices from jsonb_to_recordset($1::jsonb) as asked (id integer, at timestamptz)
  cross join lateral (
    select min(valid_from) as first from charge_point_price_history where charge_point_id = asked.id) f
  cross join lateral (
    select prices from charge_point_price_history where charge_point_id = asked.id
      and valid_from <= case when asked.at < f.first then f.first + interval '1 day' else asked.at end
    order by valid_from desc, sequence desc limit 1) h`;

/** Before the answer is read: a change that was acknowledged earlier is in it. */
const NOW = `select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as now`;

/** For the service that prices sessions, without a user. */
@Controller()
export class PriceHistoryHandler implements HandlersOf<typeof stationsPrices> {
  constructor(private readonly transactions: Transactions) {}

  @Handles(stationsPrices.at)
  async at({ asked }: PricesAt): Promise<PricesInForce> {
    const clock = await this.transactions.first<{ now: string }>(NOW, [], 'price-history.now');
    const rows = await this.transactions.query<Kept>(AT, [JSON.stringify(asked)], 'price-history.at');
    return { versions: rows.map(({ prices }) => prices), as_of: clock?.now ?? '' };
  }
}

interface Kept {
  readonly prices: ChargePointPricesChanged;
}
