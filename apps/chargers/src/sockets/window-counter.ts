import { LRUCache } from 'lru-cache';

/** Keys that are counted at once; beyond it the one that was used longest ago is forgotten. */
const MAX_KEYS = 50_000;

/** Counts events by key in fixed windows, in bounded memory. */
export class WindowCounter {
  private readonly counts: LRUCache<string, { n: number }>;

  constructor(
    private readonly limit: number,
    windowMs: number,
  ) {
    this.counts = new LRUCache({ max: MAX_KEYS, ttl: windowMs, noUpdateTTL: true });
  }

  /** Counts one; false when it is beyond the limit. */
  take(key: string): boolean {
    const count = this.counts.get(key);
    if (!count) this.counts.set(key, { n: 1 });
    else count.n += 1;
    return (count?.n ?? 1) <= this.limit;
  }

  /** Whether one more would be beyond the limit. */
  isFull(key: string): boolean {
    return (this.counts.get(key)?.n ?? 0) >= this.limit;
  }
}
