import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { Deliveries } from '../webhooks/deliveries';
import { FeedWriter } from './feed-writer';
import type { News } from './news';

/** Everything that news cause, in one transaction. */
@Injectable()
export class Publishing {
  constructor(
    private readonly writer: FeedWriter,
    private readonly deliveries: Deliveries,
    private readonly transactions: Transactions,
  ) {}

  async publish(news: readonly News[]): Promise<void> {
    if (news.length === 0) return;
    await this.transactions.run(async () => {
      await this.deliveries.fanOut(await this.writer.append(news));
    });
  }
}
