/** When to give up on a process. */
export interface LivenessLimits {
  /** Missed answers in a row after which a process that once answered counts as frozen. */
  readonly misses: number;
  /** The same for one that the system does not show as stopped: it may only have to wait for a processor. */
  readonly slowMisses?: number;
  /** Missed answers that a starting process may have before its first one. */
  readonly startMisses: number;
}

/** Judges a series of probes: is the process starting, live or frozen? */
export class Liveness {
  private answered = false;
  private missed = 0;

  constructor(private readonly limits: LivenessLimits) {}

  /** Takes one probe and whether the process is stopped; answers whether it must be given up. */
  frozenAfter(ok: boolean, stopped = true): boolean {
    if (ok) {
      this.answered = true;
      this.missed = 0;
      return false;
    }
    this.missed += 1;
    const { misses, slowMisses = misses, startMisses } = this.limits;
    if (!this.answered) return this.missed >= startMisses;
    return this.missed >= (stopped ? misses : slowMisses);
  }
}
