import { Injectable } from '@nestjs/common';
import type { RateTable } from '@open-cpo/contracts';
import { Transactions } from '../transactions/transactions';

const LOAD = `
  select coalesce(max(revision), 0) as revision,
    coalesce(json_object_agg(code, trim_scale(rate)::text), '{}') as rates
  from currency_rates`;
// In the order of the codes, so that two writers never wait for each other crosswise.
const KEEP = `
  insert into currency_rates (code, rate, revision)
  select key, value::numeric, $1 from json_each_text($2) order by key
  on conflict (code) do update set rate = excluded.rate, revision = excluded.revision
  where currency_rates.revision < excluded.revision`;

/** The rates that this service has received. */
@Injectable()
export class RateStore {
  constructor(private readonly transactions: Transactions) {}

  /** Revision 0 has no rates. */
  async load(): Promise<RateTable> {
    const table = await this.transactions.first<RateTable>(LOAD, [], 'currency-rates.load');
    return table ?? { revision: 0, rates: {} };
  }

  /** An older table than the one at hand changes nothing. */
  async keep({ revision, rates }: RateTable): Promise<void> {
    await this.transactions.query(KEEP, [revision, JSON.stringify(rates)], 'currency-rates.keep');
  }
}
