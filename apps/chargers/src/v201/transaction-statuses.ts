import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';
import { CommandsRepository } from '../commands/commands.repository';
import { Dispatcher } from '../commands/dispatcher';
import { SessionEvents } from '../transactions/session-events';
import { TransactionsRepository } from '../transactions/transactions.repository';
import { type LostTransaction, TransactionEventsRepository } from './transaction-events.repository';

const INTERVAL_MS = 60_000;
const BATCH = 100;

const LOCK = 'select 1 from chargers where id = $1 for no key update';

/**
 * Asks chargers about transactions of which events are missing (GetTransactionStatus). One that has ended, of which no message
 * waits any more, ends with its last reading: its end was lost.
 */
@Injectable()
export class TransactionStatuses extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: TransactionEventsRepository,
    private readonly ofAll: TransactionsRepository,
    private readonly sessions: SessionEvents,
    private readonly commands: CommandsRepository,
    private readonly dispatcher: Dispatcher,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  async run(): Promise<void> {
    await this.end();
    await this.ask();
  }

  /** Makes the questions that are due; answers how many. */
  ask(): Promise<number> {
    return this.transactions.run(async () => {
      const doubtful = await this.repository.doubtful(BATCH);
      for (const { id: transaction, charger_id: chargerId, account_id: accountId } of doubtful) {
        const command = { type: 'transaction_status', transaction } as const;
        const made = { accountId, chargerId, command, state: 'queued', transactionId: transaction } as const;
        this.dispatcher.dispatchAfterCommit(await this.commands.add(made), chargerId);
      }
      return doubtful.length;
    });
  }

  /** Ends the sessions whose end was lost; answers how many. */
  async end(): Promise<number> {
    const lost = await this.repository.lost(BATCH);
    for (const one of lost) await this.endOne(one);
    return lost.length;
  }

  private endOne({ id, charger_id, charge_point_id }: LostTransaction): Promise<void> {
    return this.transactions.run(async () => {
      await this.transactions.query(LOCK, [charger_id]);
      const transaction = await this.repository.byId(id);
      if (!transaction?.published || transaction.stopped_at || !transaction.last_read_at) return;
      const stoppedAt = transaction.last_read_at;
      const lost = { said: null, receivedAt: new Date(), wh: null, reason: 'EndLost', assumed: true };
      await this.ofAll.stop(id, { stoppedAt, ...lost });
      await this.commands.stopped(id);
      const publisher = { id: charger_id, chargePointId: charge_point_id };
      await this.sessions.completed(publisher, transaction, { at: stoppedAt, wh: null, assumed: true });
    });
  }
}
