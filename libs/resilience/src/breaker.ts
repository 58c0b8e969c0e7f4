/** Milliseconds of answers that are judged together; those of the window before count half. */
const WINDOW = 2000;
/** Fewer answers than this say nothing. */
const LEAST = 10;
/** The part of answers that have to fail: with one of two replicas frozen, half of them do, and the other half is wanted. */
const RATE = 0.75;
/** Milliseconds that a breaker is open, at first and at most. */
const FIRST = 1000;
const LONGEST = 4000;
/** Milliseconds between two requests that try whether it works again. */
const PROBE = 250;

export type BreakerState = 'closed' | 'half-open' | 'open';

/**
 * Stops asking a service that does not answer, so that nobody waits for it, and tries now and then whether it answers
 * again. While all is well it costs a comparison and two sums a request, and allocates nothing.
 */
export class Breaker {
  private good = 0;
  private bad = 0;
  private windowEnds = 0;
  /** When the next try is due; 0 while closed. */
  private until = 0;
  private pause = FIRST;

  constructor(private readonly now: () => number = Date.now) {}

  get state(): BreakerState {
    if (this.until === 0) return 'closed';
    return this.now() < this.until ? 'open' : 'half-open';
  }

  /** Whether a request may go. While open one goes each time that a try is due. */
  admits(): boolean {
    if (this.until === 0) return true;
    const now = this.now();
    if (now < this.until) return false;
    this.until = now + PROBE;
    return true;
  }

  /** Milliseconds until the next try; 0 while closed. */
  get waits(): number {
    return this.until === 0 ? 0 : Math.max(1, this.until - this.now());
  }

  /** It answered. */
  answered(): void {
    if (this.until === 0) {
      this.roll();
      this.good += 1;
    } else {
      this.close();
    }
  }

  /** It did not answer in time, or said itself that it cannot. */
  failed(): void {
    if (this.until === 0) {
      this.roll();
      this.bad += 1;
      if (this.bad + this.good >= LEAST && this.bad >= RATE * (this.bad + this.good)) this.open();
    } else if (this.until - this.now() <= PROBE) {
      this.pause = Math.min(LONGEST, this.pause * 2);
      this.until = this.now() + this.pause;
    }
  }

  private open(): void {
    this.pause = FIRST;
    this.until = this.now() + this.pause;
  }

  private close(): void {
    this.until = this.good = this.bad = 0;
  }

  private roll(): void {
    const now = this.now();
    if (now < this.windowEnds) return;
    const old = now - this.windowEnds > WINDOW ? 0 : 0.5;
    this.good *= old;
    this.bad *= old;
    this.windowEnds = now + WINDOW;
  }
}
