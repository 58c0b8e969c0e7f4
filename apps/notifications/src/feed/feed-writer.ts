import { Injectable } from '@nestjs/common';
import { feedGrown, type OwnersEvent } from '@open-cpo/contracts';
import { Broadcast } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { NotificationsConfig } from '../config';
import { FeedRepository, type Kept } from './feed.repository';
import type { News } from './news';

const DAY = 24 * 60 * 60 * 1000;
/** Bytes of events in one message; the broker takes a megabyte. */
const LARGEST = 400_000;

/** Stores owners' events, and publishes them to current subscribers. */
@Injectable()
export class FeedWriter {
  constructor(
    private readonly repository: FeedRepository,
    private readonly transactions: Transactions,
    private readonly broadcast: Broadcast,
    private readonly config: NotificationsConfig,
  ) {}

  /**
   * Within the transaction of whatever else follows from the news. What was kept before is not kept again; what is older
   * than feeds reach back is left out.
   */
  async append(news: readonly News[]): Promise<readonly Kept[]> {
    const since = Date.now() - this.config.eventRetentionDays * DAY;
    const recent = news.filter(({ occurred_at }) => Date.parse(occurred_at) >= since);
    if (recent.length === 0) return [];
    const kept = await this.repository.append(recent);
    for (const accountId of new Set(kept.map((one) => one.account_id))) this.transactions.shownAtOnce(accountId);
    this.transactions.afterCommit(() => this.publish(kept));
    return kept;
  }

  private publish(kept: readonly Kept[]): void {
    for (const [accountId, events] of byAccount(kept)) {
      const head = events.at(-1)?.sequence ?? 0;
      const whole = JSON.stringify(events).length <= LARGEST;
      this.broadcast.publish(feedGrown, accountId, whole ? { head, events } : { head });
    }
  }
}

function byAccount(kept: readonly Kept[]): Map<number, OwnersEvent[]> {
  const feeds = new Map<number, OwnersEvent[]>();
  for (const { account_id, ...event } of kept) {
    const events = feeds.get(account_id);
    if (events) events.push(event);
    else feeds.set(account_id, [event]);
  }
  return feeds;
}
