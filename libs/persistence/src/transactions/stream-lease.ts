import type { Refusal } from '@open-cpo/contracts';

/** Milliseconds that a stream may wait for its reader whatever the rate, and at once without any progress. */
const GRACE_MS = 10_000;
const LONGEST_STALL_MS = 30_000;
/** Bytes a millisecond that a reader takes at least, over the whole answer: 32 kB/s. */
const LEAST_RATE = 32;
/** Milliseconds that a stream waits for its reader in all, at any rate. */
const LONGEST_WAIT_MS = 300_000;

/** The right to one connection for one stream, until it is returned or the reader turns out too slow. */
export class StreamLease {
  private refusal?: Refusal;
  private cut = (): void => undefined;
  private isHeld = true;
  /** When the reader was given what it has not come back from. */
  private since?: number;
  private waitedMs = 0;
  private bytes = 0;

  constructor(
    readonly account: number | undefined,
    private readonly returned: () => void,
  ) {}

  /** `cut` takes the connection away from a stream whose reader holds it. */
  onEnd(cut: () => void): void {
    this.cut = cut;
  }

  /** About so many bytes go to the reader; what follows is their time. */
  handed(bytes: number, now = Date.now()): void {
    this.bytes += bytes;
    this.since = now;
  }

  /** The reader has come back. @throws Refusal when it took too long */
  taken(now = Date.now()): void {
    this.waitedMs += this.stalledMs(now);
    this.since = undefined;
    if (this.refusal) throw this.refusal;
  }

  /** Milliseconds for which the reader has taken nothing; 0 while the database works. */
  stalledMs(now: number): number {
    return this.since === undefined ? 0 : now - this.since;
  }

  isTooSlow(now: number): boolean {
    // The service's own readers write what they read, and take the time that this needs.
    if (this.since === undefined || this.account === undefined) return false;
    const stalled = this.stalledMs(now);
    const waited = this.waitedMs + stalled;
    return stalled > LONGEST_STALL_MS || waited > Math.min(LONGEST_WAIT_MS, GRACE_MS + this.bytes / LEAST_RATE);
  }

  /** Ends the stream: its connection is free at once, its reader gets the error with its next read. */
  end(refusal: Refusal): void {
    this.refusal = refusal;
    this.cut();
    this.return();
  }

  /** Gives the place back; once. */
  return(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.returned();
  }
}
