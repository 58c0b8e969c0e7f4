import { Injectable } from '@nestjs/common';
import type { FeedHead, OwnersEvent } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import type { News } from './news';
import * as sql from './feed.queries';

/** An event that was numbered, and whose it is. */
export type Kept = OwnersEvent & { readonly account_id: number };

interface Place {
  readonly head: number;
  readonly oldest: number;
}

/** Rows of one deletion: few enough that it blocks no others. */
const BATCH_SIZE = 2000;

/** Every query about feeds. */
@Injectable()
export class FeedRepository {
  constructor(private readonly transactions: Transactions) {}

  /** Those that were not kept before, with their numbers, by account and number. */
  async append(news: readonly News[]): Promise<Kept[]> {
    const given = JSON.stringify(news.map((one, place) => ({ ...one, place })));
    const kept = await this.transactions.query<Kept>(sql.APPEND, [given], 'feed.append');
    return kept.sort((a, b) => a.account_id - b.account_id || a.sequence - b.sequence);
  }

  async place(accountId: number): Promise<Place> {
    const found = await this.transactions.first<Place>(sql.PLACE, [accountId], 'feed.place');
    return found ?? { head: 0, oldest: 1 };
  }

  after(accountId: number, sequence: number, most: number): Promise<OwnersEvent[]> {
    return this.transactions.query<OwnersEvent>(sql.AFTER, [accountId, sequence, most], 'feed.after');
  }

  heads(accounts: readonly number[]): Promise<FeedHead[]> {
    return this.transactions.query<FeedHead>(sql.HEADS, [accounts], 'feed.heads');
  }

  /** Removes a piece of what is older than so many days; whether there may be more. */
  async forget(days: number): Promise<boolean> {
    const { rowCount } = await this.transactions.ask({ text: sql.FORGET, values: [days, BATCH_SIZE] });
    return rowCount === BATCH_SIZE;
  }
}
