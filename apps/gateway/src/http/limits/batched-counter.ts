import { LRUCache } from 'lru-cache';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** So many requests in so many seconds. */
export interface Policy {
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
}

/** The form of a limit's setting: `600/60`, or `off`. */
export const LIMIT = /^(off|[1-9]\d{0,7}\/[1-9]\d{0,4})$/;

/** A limit as it is set; none when it is off. */
export function policyOf(name: string, setting: string): Policy | undefined {
  const [requests, seconds] = setting.split('/').map(Number);
  return requests && seconds ? { name, requests, seconds } : undefined;
}

/** A client's state within a policy. */
export interface RateLimitState {
  readonly policy: Policy;
  /** Requests that are left; negative: this one was one too many. */
  readonly left: number;
  /** Milliseconds until all are there again. */
  readonly resetIn: number;
}

/** Milliseconds between two reports of local counts. */
const REPORT_INTERVAL_MS = 200;

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
    const state = { policy, left, resetIn: count.endsAt - Date.now() };
    // Refused requests are not counted: a client that waits gets through, however many were refused.
    if (left < 0) return state;
    count.pending += 1;
    this.unreported.set(key, count);
    this.timer ??= setTimeout(() => this.report(), REPORT_INTERVAL_MS).unref();
    return state;
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
        (result) => adopt(count, result),
        (result: unknown) => adopt(count, result),
      );
    }
    this.unreported.clear();
  }
}

/** Takes the count of all replicas; any other result means that the store is unavailable, and the local count stays. */
function adopt(count: Count, result: unknown): void {
  if (!(result instanceof RateLimiterRes)) return;
  count.counted = result.consumedPoints;
  count.endsAt = Date.now() + Math.max(0, result.msBeforeNext);
}
