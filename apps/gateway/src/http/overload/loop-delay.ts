/** Milliseconds between two looks. */
const SAMPLE_INTERVAL_MS = 50;
/** How much one look counts: a single long pause says little, pauses one after the other say much. */
const WEIGHT = 0.2;

/** How late this process gets to what is due, smoothed. */
export class LoopDelay {
  private smoothed = 0;
  private due = 0;
  private timer?: NodeJS.Timeout;

  /** Milliseconds. */
  get value(): number {
    return this.smoothed;
  }

  /** Looks again and again, without keeping the process alive. */
  watch(now: () => number = () => performance.now()): this {
    this.due = now() + SAMPLE_INTERVAL_MS;
    this.timer = setInterval(() => {
      this.saw(Math.max(0, now() - this.due));
      this.due = now() + SAMPLE_INTERVAL_MS;
    }, SAMPLE_INTERVAL_MS).unref();
    return this;
  }

  /** Takes one look's delay. */
  saw(delay: number): void {
    this.smoothed += WEIGHT * (delay - this.smoothed);
  }

  stop(): void {
    clearInterval(this.timer);
  }
}
