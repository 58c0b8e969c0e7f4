import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import * as sql from './stats.queries';
import type { SoldOnDay } from './stats.rules';

type Span = readonly [from: string, to: string];
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
    [from, to]: Span,
  ): Promise<{ timeZone: string; days: SoldOnDay[] }> {
    // Of any account, to distinguish another owner's from what does not exist.
    const ask = () => this.transactions.query<OfOne>(sql.ONE, [id, from, to, currency], 'stats.one');
    const rows = await this.transactions.asService(ask);
    const [first] = rows;
    if (!first) throw new Refusal('not_found');
    if (first.account_id !== accountId) throw new Refusal('forbidden');
    const days = rows.flatMap(({ day, ...row }) => (day === null ? [] : [{ ...row, day }]));
    return { timeZone: first.time_zone, days };
  }

  all(accountId: number, currency: string, [from, to]: Span): Promise<SoldOnDay[]> {
    return this.transactions.query<SoldOnDay>(sql.ALL, [accountId, from, to, currency], 'stats.all');
  }

  /** kWh that all power centers of an account have delivered. */
  async energy(accountId: number): Promise<string> {
    const found = await this.transactions.first<{ energy: string }>(sql.ENERGY, [accountId], 'stats.energy');
    return found?.energy ?? '0';
  }
}
