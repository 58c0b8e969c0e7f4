import { chargePointChanged, chargePointRemoved, Id, ratesChanged } from '@open-cpo/contracts';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Broker, Changes, DomainEvents } from '@open-cpo/messaging';

/** What makes answers old that show power centers or their figures, beside the writes of their account. */
export const POWER_CENTERS = [chargePointChanged, chargePointRemoved] as const;

/** Accounts whose changes are remembered one by one. */
const ACCOUNTS = 50_000;

type Topics = Map<string, number>;

/**
 * When something of an account changed last, counted in received changes and not in time: what was asked for before a
 * change and answered after it is older than the change.
 */
@Injectable()
export class CacheVersions {
  private count = 0;
  /** Everything of everybody may have changed. */
  private everything = 0;
  private readonly accounts = new LRUCache<number, Topics>({
    max: ACCOUNTS,
    // What is forgotten of one account counts for all of them.
    dispose: (topics, _account, reason) => {
      if (reason === 'evict') this.everything = Math.max(this.everything, ...topics.values());
    },
  });

  /** Where the count is now: what is asked for from here on knows of every change so far. */
  get now(): number {
    return this.count;
  }

  /** Something of an account changed: a service's name, an event's subject, or by the account's own hand. */
  touch(accountId: number, topic: string): void {
    const topics = this.accounts.get(accountId) ?? new Map<string, number>();
    topics.set(topic, (this.count += 1));
    this.accounts.set(accountId, topics);
  }

  touchAll(): void {
    this.everything = this.count += 1;
  }

  /** Whether nothing has changed since that would matter to a reader of these topics. */
  holds(since: number, accountId: number, topics: readonly string[]): boolean {
    if (this.everything > since) return false;
    const changed = this.accounts.get(accountId);
    return changed === undefined || topics.every((topic) => (changed.get(topic) ?? 0) <= since);
  }
}

/** Whose power center it is; the rest of the event is of no use here. */
class Owned {
  @Id() account_id: number;
}

/** Drops cached responses when what they show has changed. */
@Injectable()
export class Invalidation {
  constructor(versions: CacheVersions, changes: Changes, domainEvents: DomainEvents, broker: Broker) {
    changes.listen((service, accountId) => versions.touch(accountId, service));
    for (const event of POWER_CENTERS)
      domainEvents.watch(event, ({ account_id }) => versions.touch(account_id, event.subject), Owned);
    domainEvents.watch(ratesChanged, () => versions.touchAll());
    // Changes while the connection was down were missed.
    broker.whenBack(() => versions.touchAll());
  }
}
