/** A token bucket: so many at once, and so many a second. */
export class TokenBucket {
  private tokens: number;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private last = performance.now(),
  ) {
    this.tokens = burst;
  }

  /** Takes one if there is one. */
  tryTake(now = performance.now()): boolean {
    if (this.take(now) === 0) return true;
    this.tokens += 1;
    return false;
  }

  /** Takes one or more; milliseconds to wait before they may be used. */
  take(now = performance.now(), tokens = 1): number {
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.last) / 1000) * this.perSecond) - tokens;
    this.last = now;
    return this.tokens >= 0 ? 0 : (-this.tokens / this.perSecond) * 1000;
  }
}
