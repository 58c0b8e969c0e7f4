/** Milliseconds without a database after which a socket is closed: the charger then counts as offline and keeps its queue. */
const CLOSE_AFTER_MS = 20_000;

/** Since when nothing can be stored. */
export class Outages {
  private since?: number;

  /** Notes a failure; true when it has lasted so long that the charger should go offline. */
  failed(now = Date.now()): boolean {
    this.since ??= now;
    return now - this.since >= CLOSE_AFTER_MS;
  }

  over(): void {
    this.since = undefined;
  }
}
