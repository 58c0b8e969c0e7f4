import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import * as sql from './stats.queries';
import type { Ranked, SoldOnDay, Span, Viewed } from './stats.rules';

type OfOne = Omit<SoldOnDay, 'day'> & { readonly account_id: number; readonly day: string | null };

/** Reads what was sold, never from orders themselves: one row a power center and day. */
@Injectable()
export class StatsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** @throws Refusal `not_found`, `forbidden` */
  async one(
    id: number,
    accountId: number,
    currency: string,
    span: Span,
  ): Promise<{ timeZone: string; days: SoldOnDay[] }> {
    const { first, days } = await this.ofOwned({ text: sql.ONE, name: 'stats.one' }, id, accountId, currency, span);
    return { timeZone: first.time_zone, days };
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async ofSite(id: number, accountId: number, currency: string, span: Span): Promise<SoldOnDay[]> {
    return (await this.ofOwned({ text: sql.OF_SITE, name: 'stats.of-site' }, id, accountId, currency, span)).days;
  }

  all(accountId: number, currency: string, [from, to]: Span): Promise<SoldOnDay[]> {
    return this.transactions.query<SoldOnDay>(sql.ALL, [accountId, from, to, currency], 'stats.all');
  }

  /** The first and the last ones by what they earned, in the order of their places. */
  ranked(accountId: number, viewed: Viewed, [from, to]: Span, most: number): Promise<Ranked[]> {
    const { currency, rate } = viewed;
    return this.transactions.query<Ranked>(sql.RANKED, [accountId, from, to, currency, rate, most], 'stats.ranked');
  }

  /** kWh that all power centers of an account have delivered. */
  async energy(accountId: number): Promise<string> {
    const found = await this.transactions.first<{ energy: string }>(sql.ENERGY, [accountId], 'stats.energy');
    return found?.energy ?? '0';
  }

  private async ofOwned(
    { text, name }: { readonly text: string; readonly name: string },
    id: number,
    accountId: number,
    currency: string,
    [from, to]: Span,
  ): Promise<{ first: OfOne; days: SoldOnDay[] }> {
    // Of any account, to distinguish another owner's from what does not exist.
    const ask = () => this.transactions.query<OfOne>(text, [id, from, to, currency], name);
    const rows = await this.transactions.asService(ask);
    const [first] = rows;
    if (!first) throw new Refusal('not_found');
    if (first.account_id !== accountId) throw new Refusal('forbidden');
    return { first, days: rows.flatMap(({ day, ...row }) => (day === null ? [] : [{ ...row, day }])) };
  }
}
