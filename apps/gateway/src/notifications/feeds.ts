import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { feed, feedGrown, Refusal } from '@open-cpo/contracts';
import { Broadcast, Broker, Bus, internalCaller } from '@open-cpo/messaging';
import { Log, Metrics } from '@open-cpo/platform';
import { GatewayConfig } from '../config';
import { FeedChannel } from './feed-channel';

/** Milliseconds between two looks whether something was missed. */
const CHECK_INTERVAL_MS = 5000;

interface Open {
  readonly channel: FeedChannel;
  readonly leave: () => void;
  readonly ends: Set<() => void>;
}

/** A stream's place at this gateway. */
export interface FeedPlace {
  readonly channel: FeedChannel;
  /** Gives the place back. */
  readonly leave: () => void;
}

/**
 * The feeds with clients at this gateway. Events come by the broker as they happen; since what is sent there can be
 * missed, the service is also asked from time to time how far each of these feeds has come.
 */
@Injectable()
export class Feeds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly open = new Map<number, Open>();
  private timer?: NodeJS.Timeout;
  private closing = false;

  constructor(
    private readonly broadcast: Broadcast,
    private readonly bus: Bus,
    private readonly config: GatewayConfig,
    private readonly log: Log,
    broker: Broker,
    metrics: Metrics,
  ) {
    broker.whenBack(() => void this.look());
    metrics.read({
      gauges: {
        open_cpo_feed_streams: 'Live feeds that are open.',
        open_cpo_feed_accounts: 'Accounts that somebody listens to.',
      },
      read: () => [{ values: { open_cpo_feed_streams: this.streams(), open_cpo_feed_accounts: this.open.size } }],
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.look(), CHECK_INTERVAL_MS).unref();
  }

  /** Ends every stream, so that its client goes on elsewhere. */
  onModuleDestroy(): void {
    this.closing = true;
    clearInterval(this.timer);
    for (const { ends } of this.open.values()) for (const end of [...ends]) end();
  }

  /**
   * Takes a place for one stream, which is ended by `end` when the gateway ends.
   * @throws Refusal `too_many_requests` when the account has all of its places, `service_unavailable` at the end
   */
  enter(accountId: number, end: () => void): FeedPlace {
    if (this.closing) throw new Refusal('service_unavailable');
    const open = this.open.get(accountId) ?? this.opened(accountId);
    if (open.ends.size >= this.config.feedsPerAccount) throw new Refusal('too_many_requests', { retryAfter: 10 });
    open.ends.add(end);
    const leave = (): void => {
      if (!open.ends.delete(end) || open.ends.size > 0) return;
      this.open.delete(accountId);
      open.leave();
    };
    return { channel: open.channel, leave };
  }

  /** Asks how far the feeds have come. */
  async look(): Promise<void> {
    if (this.open.size === 0) return;
    try {
      const accounts = [...this.open.keys()];
      const heads = await this.bus.call(feed.heads, { accounts }, internalCaller({}, CHECK_INTERVAL_MS));
      for (const { account_id, head } of heads) this.open.get(account_id)?.channel.grown({ head });
    } catch (error) {
      this.log.debug('Nobody says how far the feeds have come', { error });
    }
  }

  private opened(accountId: number): Open {
    const channel = new FeedChannel(accountId);
    const leave = this.broadcast.subscribe(feedGrown, (grown) => channel.grown(grown), { key: accountId });
    const open = { channel, leave, ends: new Set<() => void>() };
    this.open.set(accountId, open);
    return open;
  }

  private streams(): number {
    return [...this.open.values()].reduce((sum, { ends }) => sum + ends.size, 0);
  }
}
