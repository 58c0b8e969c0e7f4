import { Injectable } from '@nestjs/common';
import {
  type AccountClosed,
  accountClosed,
  type AccountFacts,
  accountFacts,
  type Caller,
  ownerOf,
  Refusal,
  type UserChanged,
  userChanged,
} from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { CurrencyRates, ExportRequests, ImportRequests, Transactions } from '@open-cpo/persistence';
import type { Viewer } from '../charge-points/charge-point.view';

const KEEP = `
  insert into accounts (account_id, currency, time_zone, owner_id) values ($1, $2, $3, $4)
  on conflict (account_id) do update
    set currency = excluded.currency, time_zone = excluded.time_zone, owner_id = excluded.owner_id
  where (accounts.currency, accounts.time_zone, accounts.owner_id)
    is distinct from (excluded.currency, excluded.time_zone, excluded.owner_id)`;
const CURRENCIES = 'select account_id, currency from accounts where account_id = any($1::int[])';
const UNKNOWN = `
  select distinct c.account_id from charge_points c
  where not exists (select 1 from accounts a where a.account_id = c.account_id and a.owner_id is not null) order by 1 limit 100`;

type KnownAccount = Pick<AccountFacts, 'accountId' | 'ownerId' | 'currency' | 'timeZone'>;

/** The currencies that owners see amounts in; orders freeze the rate of the day. */
@Injectable()
export class Accounts {
  constructor(
    private readonly transactions: Transactions,
    private readonly rates: CurrencyRates,
    private readonly bus: Bus,
    private readonly exports: ExportRequests,
    private readonly imports: ImportRequests,
  ) {}

  @Consumes(userChanged, { as: 'orders-users' })
  async changed({ snapshot }: UserChanged): Promise<void> {
    await this.exports.withdraw(snapshot);
    await this.imports.withdraw(snapshot);
    await this.keep(snapshot);
  }

  @Consumes(accountClosed, { as: 'orders-accounts-closed' })
  closed({ account_id }: AccountClosed): Promise<void> {
    return this.imports.forget(account_id);
  }

  /** By account; unknown ones are missing. */
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
    const { ownerId, currency } = ownerOf(caller);
    return { ownerId, currency, rate: this.rateOf(currency), integration: caller.integration };
  }

  /** Asks auth about unknown owners of power centers. */
  async learn(): Promise<void> {
    const unknown = await this.transactions.query<{ account_id: number }>(UNKNOWN);
    for (const { account_id: accountId } of unknown) {
      try {
        await this.keep(await this.bus.call(accountFacts.one, { accountId }, internalCaller()));
      } catch (error) {
        if (!(error instanceof Refusal && error.code === 'not_found')) throw error;
        await this.keep({ accountId, ownerId: 0, currency: 'USD', timeZone: 'UTC' });
      }
    }
  }

  private async keep({ accountId, currency, timeZone, ownerId }: KnownAccount): Promise<void> {
    await this.transactions.query(KEEP, [accountId, currency, timeZone, ownerId]);
  }
}
