import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { RemoteSessions } from './remote-sessions';
import { type OverdueTransaction, TransactionEventsRepository } from './transaction-events.repository';

const INTERVAL_MS = 10 * 60_000;
const BATCH = 100;
/** Hours after the end for which missing events are waited for: a charger sends them in their order as soon as it can. */
const WAIT_HOURS = 24;

const LOCK = 'select 1 from chargers where id = $1 for no key update';

/** Begins the sessions of transactions that have ended and of which events are missing for good. */
@Injectable()
export class OverdueBegins extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: TransactionEventsRepository,
    private readonly sessions: RemoteSessions,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** One that fails does not hold up the others. Answers how many were decided. */
  async run(hours = WAIT_HOURS): Promise<number> {
    let decided = 0;
    for (const one of await this.repository.overdue(hours, BATCH)) decided += (await this.decide(one)) ? 1 : 0;
    return decided;
  }

  private async decide({ id, charger_id, charge_point_id, policy }: OverdueTransaction): Promise<boolean> {
    try {
      await this.transactions.run(async () => {
        await this.transactions.query(LOCK, [charger_id]);
        const transaction = await this.repository.byId(id);
        if (!transaction?.undecided) return;
        await this.sessions.begin({ id: charger_id, chargePointId: charge_point_id, policy }, transaction, {
          complete: true,
        });
      });
      return true;
    } catch (error) {
      this.log.warn('A session with missing events could not be begun', { error, transaction: id });
      await this.repository.postpone(id);
      return false;
    }
  }
}
