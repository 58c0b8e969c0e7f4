import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

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
