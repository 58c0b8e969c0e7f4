import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { chargerReplicas, chargerSockets } from '@open-cpo/contracts';
import { Broadcast } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { Log, Metrics } from '@open-cpo/platform';
import { HOLDER } from './command.queries';
import { CommandsRepository } from './commands.repository';
import { outcomesOf } from './outcomes';

const SWEEP_MS = 2000;

/** Brings commands to the replica that holds the connection of their charger, and ends those that come to nothing. */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private sweeping = false;
  private readonly counter;

  constructor(
    private readonly repository: CommandsRepository,
    private readonly transactions: Transactions,
    private readonly broadcast: Broadcast,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.counter = outcomesOf(metrics);
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.try(), SWEEP_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Has a command sent; one whose holder does not answer is sent again by the sweep. */
  async dispatch(id: number, chargerId: number): Promise<void> {
    try {
      const row = await this.transactions.first<{ holder: string }>(HOLDER, [chargerId], 'commands.holder');
      const reached =
        row === undefined
          ? await this.broadcast.request(chargerSockets, chargerId, { command: id })
          : await this.broadcast.request(chargerReplicas, row.holder, { charger: chargerId, command: id });
      if (reached === 'no_holder') await this.repository.notConnected(id);
    } catch (error) {
      this.log.warn('A command was not handed over', { command: id, charger: chargerId, error });
    }
  }

  /** Does so after the commit of the transaction. */
  dispatchAfterCommit(id: number, chargerId: number): void {
    this.transactions.afterCommit(() => void this.dispatch(id, chargerId));
  }

  async sweep(): Promise<void> {
    for (const type of await this.repository.expire()) this.counter.inc({ type, outcome: 'timed_out' });
    const stranded = await this.repository.stranded();
    await Promise.all(stranded.map(({ id, charger_id }) => this.dispatch(id, charger_id)));
  }

  private async try(): Promise<void> {
    if (this.sweeping) return;
    this.sweeping = true;
    await this.sweep()
      .catch((error: unknown) => this.log.warn('Commands could not be looked at', { error }))
      .finally(() => (this.sweeping = false));
  }
}
