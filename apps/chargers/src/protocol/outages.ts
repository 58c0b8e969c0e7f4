import { Injectable } from '@nestjs/common';

/** Milliseconds without a database after which a socket is closed: the charger then counts as offline and keeps its queue. */
const CLOSE_AFTER_MS = 20_000;
/** Between two failures that are of one outage: after a longer pause without any the database was there meanwhile. */
const PAUSE_MS = 60_000;

/** Since when nothing can be stored, in this process. */
@Injectable()
export class Outages {
  private since?: number;
  private last = 0;

  /** Notes a failure; true when it has lasted so long that the charger should go offline. */
  failed(now = Date.now()): boolean {
    if (this.since === undefined || now - this.last > PAUSE_MS) this.since = now;
    this.last = now;
    return now - this.since >= CLOSE_AFTER_MS;
  }

  /** Something was stored. */
  over(): void {
    this.since = undefined;
  }
}
