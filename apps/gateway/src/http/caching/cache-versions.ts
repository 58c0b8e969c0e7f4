import { allChanges, chargePointChanged, chargePointRemoved, Id, ratesChanged } from '@open-cpo/contracts';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Broadcast, Broker } from '@open-cpo/messaging';

/** Events that invalidate responses with power centers or their statistics, beside the writes of their account. */
export const POWER_CENTERS = [chargePointChanged, chargePointRemoved] as const;

/** Accounts whose changes are counted one by one. */
const ACCOUNTS = 50_000;

type Topics = Map<string, number>;

/**
 * The last change of each account, counted in received changes and not in time: a response whose request came before a
 * change is older than the change.
 */
@Injectable()
export class CacheVersions {
  private count = 0;
  /** The last change that may concern all accounts. */
  private everything = 0;
  private readonly accounts = new LRUCache<number, Topics>({
    max: ACCOUNTS,
    // A change of an evicted account counts for all accounts.
    dispose: (topics, _account, reason) => {
      if (reason === 'evict') this.everything = Math.max(this.everything, ...topics.values());
    },
  });

  /** The present count: requests from now on see every change so far. */
  get now(): number {
    return this.count;
  }

  /** Something of an account changed; the topic is a service's name, an event's subject, or `SELF_WRITE`. */
  touch(accountId: number, topic: string): void {
    const topics = this.accounts.get(accountId) ?? new Map<string, number>();
    topics.set(topic, (this.count += 1));
    this.accounts.set(accountId, topics);
  }

  touchAll(): void {
    this.everything = this.count += 1;
  }

  /** Whether nothing of these topics has changed since. */
  holds(since: number, accountId: number, topics: readonly string[]): boolean {
    if (this.everything > since) return false;
    const changed = this.accounts.get(accountId);
    return changed === undefined || topics.every((topic) => (changed.get(topic) ?? 0) <= since);
  }
}

/** The part of the event that is read: the power center's account. */
class Owned {
  @Id() account_id: number;
}

/** Drops cached responses when what they show has changed. */
@Injectable()
export class Invalidation {
  constructor(versions: CacheVersions, broadcast: Broadcast, broker: Broker) {
    broadcast.subscribe(allChanges, (_, key) => {
      const [service = '', accountId] = key.split('.');
      versions.touch(Number(accountId), service);
    });
    for (const event of POWER_CENTERS)
      broadcast.subscribe(event, ({ account_id }: Owned) => versions.touch(account_id, event.subject), { part: Owned });
    broadcast.subscribe(ratesChanged, () => versions.touchAll());
    // Changes while the connection was down were missed.
    broker.whenBack(() => versions.touchAll());
  }
}
