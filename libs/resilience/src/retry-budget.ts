/** What a request adds to the budget: one hedged request for ten requests. */
const PART = 0.1;
/** Second tries that may come at once, after a calm time. */
const SAVED = 50;

/** Bounds second tries to a tenth of the requests, so that they never are the load that keeps a service down. */
export class RetryBudget {
  private left = SAVED / 5;

  /** A request was made. */
  earn(): void {
    if (this.left < SAVED) this.left += PART;
  }

  /** Whether there is enough for a hedged request, which is then spent. */
  spend(): boolean {
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}
