import { Injectable } from '@nestjs/common';
import { accountFacts, type Caller, ownerOf, Refusal, type UserChanged, userChanged } from '@open-cpo/contracts';
import { Bus, Consumes, internalCaller } from '@open-cpo/messaging';
import { CurrencyRates, Transactions } from '@open-cpo/persistence';
import type { Viewer } from '../charge-points/charge-point.view';

const KEEP = `
  insert into accounts (account_id, currency, time_zone) values ($1, $2, $3)
  on conflict (account_id) do update set currency = excluded.currency, time_zone = excluded.time_zone
  where (accounts.currency, accounts.time_zone) <> (excluded.currency, excluded.time_zone)`;
const CURRENCIES = 'select account_id, currency from accounts where account_id = any($1::int[])';
const UNKNOWN = `
  select distinct c.account_id from charge_points c
  where not exists (select 1 from accounts a where a.account_id = c.account_id) order by 1 limit 100`;

/** The currencies that owners see amounts in; orders freeze the rate of the day. */
@Injectable()
export class Accounts {
  constructor(
    private readonly transactions: Transactions,
    private readonly rates: CurrencyRates,
    private readonly bus: Bus,
  ) {}

  @Consumes(userChanged, { as: 'orders-users' })
  changed({ snapshot }: UserChanged): Promise<void> {
    return this.keep(snapshot.accountId, snapshot.currency, snapshot.timeZone);
  }

  /** By account; those that nobody told us of are missing. */
  async currencies(accountIds: readonly number[]): Promise<Map<number, string>> {
    const params = [[...new Set(accountIds)]];
    const rows = await this.transactions.query<{ account_id: number; currency: string }>(CURRENCIES, params);
    return new Map(rows.map(({ account_id, currency }) => [account_id, currency]));
  }

  /** Units for one US dollar: 1 for a currency that has no rate, so that amounts show in dollars. */
  rateOf(currency: string): string {
    return this.rates.has(currency) ? this.rates.rateOf(currency) : '1';
  }

  /** Who looks at amounts, and what they are worth today. */
  viewer(caller: Caller): Viewer {
    const { currency } = ownerOf(caller);
    return { currency, rate: this.rateOf(currency) };
  }

  /** Asks auth about owners of power centers of whom nothing was told. */
  async learn(): Promise<void> {
    const unknown = await this.transactions.query<{ account_id: number }>(UNKNOWN);
    for (const { account_id: accountId } of unknown) {
      try {
        const { currency, timeZone } = await this.bus.call(accountFacts.one, { accountId }, internalCaller());
        await this.keep(accountId, currency, timeZone);
      } catch (error) {
        if (!(error instanceof Refusal && error.code === 'not_found')) throw error;
        await this.keep(accountId, 'USD', 'UTC');
      }
    }
  }

  private async keep(accountId: number, currency: string, timeZone: string): Promise<void> {
    await this.transactions.query(KEEP, [accountId, currency, timeZone]);
  }
}
