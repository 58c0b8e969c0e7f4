import { LRUCache } from 'lru-cache';

/** Keys that are counted at once; beyond it the one that was used longest ago is forgotten. */
const MAX_KEYS = 50_000;

/** Counts events by key in fixed windows, in bounded memory. */
export class WindowCounter {
  private readonly counts: LRUCache<string, number>;

  constructor(
    private readonly limit: number,
    windowMs: number,
  ) {
    this.counts = new LRUCache({ max: MAX_KEYS, ttl: windowMs, noUpdateTTL: true });
  }

  /** Counts one; false when it is beyond the limit. */
  take(key: string): boolean {
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count <= this.limit;
  }

  /** Whether one more would be beyond the limit. */
  isFull(key: string): boolean {
    return (this.counts.get(key) ?? 0) >= this.limit;
  }
}
