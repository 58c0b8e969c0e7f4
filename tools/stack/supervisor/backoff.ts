export interface BackoffOptions {
  readonly firstMs: number;
  readonly capMs: number;
  /** A number of [0, 1); random unless a test says otherwise. */
  readonly random?: () => number;
}

/** Growing pauses between restarts, spread by chance so that processes that died together do not return together. */
export class Backoff {
  private failures = 0;

  constructor(private readonly options: BackoffOptions) {}

  /** The pause before the next restart, in milliseconds: between half and all of the doubled and capped base. */
  next(): number {
    const { firstMs, capMs, random = Math.random } = this.options;
    const full = Math.min(capMs, firstMs * 2 ** this.failures);
    this.failures += 1;
    return Math.round(full / 2 + (full / 2) * random());
  }

  /** Forgets earlier failures: the process has been well for a while. */
  reset(): void {
    this.failures = 0;
  }
}
