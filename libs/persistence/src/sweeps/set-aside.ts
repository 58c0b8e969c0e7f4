import { Injectable } from '@nestjs/common';
import { type FailingItem, isoMoment, type WaitingEvent } from '@open-cpo/contracts';
import { Transactions } from '../transactions/transactions';

const PARKED = `
  select consumer, subject, event_id, attempts::int as attempts, coalesce(reason, '') as reason, next_try_at
  from parked_events order by id limit 100`;

const FAILING = `
  select sweep, item, failures, reason, first_failed_at as failing_since, next_try_at
  from failed_items order by first_failed_at limit 100`;

type Moments<T, K extends keyof T> = Omit<T, K> & Record<K, Date>;

/** What operators see of the events and items that were taken aside. */
@Injectable()
export class SetAside {
  constructor(private readonly transactions: Transactions) {}

  async parked(): Promise<WaitingEvent[]> {
    const rows = await this.transactions.query<Moments<WaitingEvent, 'next_try_at'>>(PARKED);
    return rows.map((row) => ({ ...row, next_try_at: isoMoment(row.next_try_at) }));
  }

  async failing(): Promise<FailingItem[]> {
    const rows = await this.transactions.query<Moments<FailingItem, 'failing_since' | 'next_try_at'>>(FAILING);
    return rows.map(({ failing_since, next_try_at, ...row }) => ({
      ...row,
      failing_since: isoMoment(failing_since),
      next_try_at: isoMoment(next_try_at),
    }));
  }
}
