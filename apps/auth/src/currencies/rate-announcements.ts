import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ratesChanged } from '@open-cpo/contracts';
import { Outbox, Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { Currencies } from './currencies.repository';

/** The table is published as a whole: one aggregate, whose events are in order. */
const WHOLE_TABLE = 'all';

/** Tells every service which rates hold. */
@Injectable()
export class RateAnnouncements implements OnApplicationBootstrap {
  constructor(
    private readonly currencies: Currencies,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly log: Log,
  ) {}

  /** Published at every start, not only the first: a broker that lost its streams gets it again. */
  async onApplicationBootstrap(): Promise<void> {
    try {
      await this.transactions.run(() => this.announce());
    } catch (error) {
      // Services without a table ask for it; the next change or start reaches the others.
      this.log.warn('The rate table was not announced', { error });
    }
  }

  /** Part of the current transaction. */
  async announce(): Promise<void> {
    await this.outbox.publish(ratesChanged, WHOLE_TABLE, await this.currencies.table());
  }
}
