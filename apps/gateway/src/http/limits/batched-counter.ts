import { LRUCache } from 'lru-cache';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { Policy, RateLimitState } from './policy';

/** Milliseconds between two reports of what was counted here. */
const REPORT = 200;

interface Count {
  /** By all replicas, as far as this one knows. */
  counted: number;
  /** Here, since the last report. */
  pending: number;
  endsAt: number;
}

/**
 * Counts in memory and reports to a store that all replicas share, several requests at a time: no request waits for the
 * store, and none costs it a command. Several replicas together let through what came within a report more than is
 * allowed; while the store is unavailable, each counts by itself.
 */
export class BatchedRateLimitCounter {
  private readonly counts = new LRUCache<string, Count>({ max: 50_000 });
  private readonly unreported = new Map<string, Count>();
  private timer?: NodeJS.Timeout;

  constructor(
    readonly policy: Policy,
    private readonly store: RateLimiterAbstract,
  ) {}

  spend(key: string): RateLimitState {
    const { policy } = this;
    const count = this.countOf(key, Date.now());
    const left = policy.requests - count.counted - count.pending - 1;
    const standing = { policy, left, resetIn: count.endsAt - Date.now() };
    // Refused requests are not counted: a client that waits gets through, however often it asked meanwhile.
    if (left < 0) return standing;
    count.pending += 1;
    this.unreported.set(key, count);
    this.timer ??= setTimeout(() => this.report(), REPORT).unref();
    return standing;
  }

  end(): void {
    clearTimeout(this.timer);
  }

  private countOf(key: string, now: number): Count {
    const known = this.counts.get(key);
    if (known && known.endsAt > now) return known;
    const count = { counted: 0, pending: 0, endsAt: now + this.policy.seconds * 1000 };
    this.counts.set(key, count);
    return count;
  }

  private report(): void {
    this.timer = undefined;
    for (const [key, count] of this.unreported) {
      const points = count.pending;
      count.counted += points;
      count.pending = 0;
      this.store.consume(key, points).then(
        (told) => learn(count, told),
        (told: unknown) => learn(count, told),
      );
    }
    this.unreported.clear();
  }
}

/** What all replicas counted; anything else means an unavailable store, and the local count stands. */
function learn(count: Count, told: unknown): void {
  if (!(told instanceof RateLimiterRes)) return;
  count.counted = told.consumedPoints;
  count.endsAt = Date.now() + Math.max(0, told.msBeforeNext);
}
