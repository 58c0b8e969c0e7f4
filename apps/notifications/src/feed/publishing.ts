import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { FeedWriter } from './feed-writer';
import type { News } from './news';

/** Everything that news cause, in one transaction. */
@Injectable()
export class Publishing {
  constructor(
    private readonly writer: FeedWriter,
    private readonly transactions: Transactions,
  ) {}

  async publish(news: readonly News[]): Promise<void> {
    if (news.length === 0) return;
    await this.transactions.run(async () => {
      await this.writer.append(news);
    });
  }
}
