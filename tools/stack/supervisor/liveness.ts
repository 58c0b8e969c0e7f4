/** When to give up on a process. */
export interface LivenessLimits {
  /** Missed answers in a row after which a process that once answered counts as frozen. */
  readonly misses: number;
  /** Missed answers that a starting process may have before its first one. */
  readonly startMisses: number;
}

/** Judges a series of probes: is the process starting, live or frozen? */
export class Liveness {
  private answered = false;
  private missed = 0;

  constructor(private readonly limits: LivenessLimits) {}

  /** Takes one probe; answers whether the process must be given up. */
  frozenAfter(ok: boolean): boolean {
    if (ok) {
      this.answered = true;
      this.missed = 0;
      return false;
    }
    this.missed += 1;
    return this.missed >= (this.answered ? this.limits.misses : this.limits.startMisses);
  }
}
