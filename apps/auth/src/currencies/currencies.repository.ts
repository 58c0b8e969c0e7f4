import { Injectable } from '@nestjs/common';
import type { CurrencyRate, RateTable } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { rateRow, type RateRow } from './currency.views';

const TABLE = `
  select max(revision) as revision, json_object_agg(code, trim_scale(usd_rate)::text order by code) as rates
  from currencies`;
const ALL = `
  select code, decimals, trim_scale(usd_rate)::text as rate, updated_at from currencies order by code`;
const SET = `
  update currencies set usd_rate = $2, updated_at = now(), revision = (select max(revision) + 1 from currencies)
  where code = $1
  returning code, decimals, trim_scale(usd_rate)::text as rate, updated_at`;

/** The rate table. */
@Injectable()
export class Currencies {
  constructor(private readonly transactions: Transactions) {}

  async table(): Promise<RateTable> {
    const [table] = await this.transactions.query<RateTable>(TABLE, [], 'currencies.table');
    if (!table?.revision) throw new Error('There are no currencies: migrations have not run.');
    return { revision: table.revision, rates: table.rates };
  }

  async all(): Promise<CurrencyRate[]> {
    return (await this.transactions.query<RateRow>(ALL, [], 'currencies.all')).map(rateRow);
  }

  async byCode(code: string): Promise<CurrencyRate | undefined> {
    return (await this.all()).find((currency) => currency.code === code);
  }

  /** Part of a transaction. Changes queue up behind each other, so that every revision is one table. */
  async set(code: string, rate: string): Promise<CurrencyRate> {
    const [row] = await this.transactions.query<RateRow>(SET, [code, rate], 'currencies.set');
    if (!row) throw new Error(`There is no currency ${code}.`);
    return rateRow(row);
  }

  /** Nobody else changes the table until the transaction ends; reading goes on. */
  async lock(): Promise<void> {
    await this.transactions.query('lock table currencies in share row exclusive mode');
  }
}
