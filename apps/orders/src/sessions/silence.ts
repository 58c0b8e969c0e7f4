import { Injectable } from '@nestjs/common';
import { Sweeps, Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { OrdersConfig } from '../config';
import { OrderReconciler } from '../orders/order-reconciler';
import { SessionsRepository } from './sessions.repository';

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 200;

/** Ends sessions that fell silent, priced by their last reading; later events correct their order. */
@Injectable()
export class Silence extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionsRepository,
    private readonly book: OrderReconciler,
    private readonly config: OrdersConfig,
    log: Log,
    private readonly sweeps: Sweeps,
  ) {
    super(INTERVAL_MS, log);
  }

  /** Does it now. Answers how many sessions were ended, here or by another replica. */
  async run(): Promise<number> {
    let ended = 0;
    try {
      await this.transactions.run(() => this.sessions.tidy(BATCH_SIZE));
      for (let full = true; full;) {
        const items = await this.sessions.silent(this.config.sessionSilenceMinutes, BATCH_SIZE);
        ended += await this.sweeps.over({ name: 'silent-sessions', items, idOf: String, work: (ids) => this.end(ids) });
        full = items.length === BATCH_SIZE;
      }
    } catch (error) {
      this.log.warn('Silent sessions could not be ended', { error });
    }
    return ended;
  }

  /** Another replica may have ended some of them meanwhile. */
  private async end(silent: readonly string[]): Promise<void> {
    const ids = await this.sessions.silence(this.config.sessionSilenceMinutes, silent);
    if (ids.length > 0) await this.book.advance(ids);
  }
}
