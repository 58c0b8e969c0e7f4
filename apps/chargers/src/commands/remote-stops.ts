import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { Log } from '@open-cpo/platform';
import { CommandsRepository } from './commands.repository';
import { Dispatcher } from './dispatcher';

const SWEEP_MS = 2000;

/**
 * Stops the sessions that are to be stopped. It is tried again while the session goes on, less and less often, and at once when
 * the charger is connected again.
 */
@Injectable()
export class RemoteStops implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private running = false;

  constructor(
    private readonly repository: CommandsRepository,
    private readonly transactions: Transactions,
    private readonly dispatcher: Dispatcher,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.try(), SWEEP_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Makes the commands that are due; answers how many. */
  run(): Promise<number> {
    return this.transactions.run(async () => {
      const due = await this.repository.toStop();
      for (const { id: transaction, charger_id: chargerId, account_id: accountId, reason } of due) {
        const command = { type: 'stop', transaction } as const;
        const made = { accountId, chargerId, command, state: 'queued', transactionId: transaction, reason } as const;
        this.dispatcher.dispatchAfterCommit(await this.repository.add(made), chargerId);
      }
      if (due.length > 0) await this.repository.tried(due.map(({ id }) => id));
      return due.length;
    });
  }

  async try(): Promise<void> {
    if (this.running) return;
    this.running = true;
    await this.run()
      .catch((error: unknown) => this.log.warn('Sessions could not be stopped', { error }))
      .finally(() => (this.running = false));
  }
}
