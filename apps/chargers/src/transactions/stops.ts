import { Injectable } from '@nestjs/common';
import { momentOf, type Requests, type Responses } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { CommandsRepository } from '../commands/commands.repository';
import type { Received } from '../protocol/actions';
import { CurrentSockets } from '../protocol/current-sockets';
import type { ChargerContext } from '../sockets/charger-context';
import { Metering } from './metering';
import { momentIn, saidOf } from './moments';
import { SessionEvents } from './session-events';
import { type ChargerTransaction, TransactionsRepository } from './transactions.repository';

type Stop = Received<Requests['StopTransaction']>;

/** Ends transactions. A repetition changes nothing, and an end of no transaction is kept. */
@Injectable()
export class Stops {
  constructor(
    private readonly transactions: Transactions,
    private readonly sockets: CurrentSockets,
    private readonly repository: TransactionsRepository,
    private readonly events: SessionEvents,
    private readonly metering: Metering,
    private readonly commands: CommandsRepository,
  ) {}

  async stop(context: ChargerContext, received: Stop): Promise<Responses['StopTransaction']> {
    await this.transactions.run(async () => {
      await this.sockets.lock(context);
      const transaction = await this.transactionOf(context, received);
      if (!transaction) await this.keep(context, received);
      else if (transaction.stopped_at === null || transaction.overtaken) await this.end(context, transaction, received);
    });
    return {};
  }

  private async end(
    context: ChargerContext,
    transaction: ChargerTransaction,
    { value, receivedAt }: Stop,
  ): Promise<void> {
    const { at, quirk } = momentIn(context, transaction, value.timestamp, receivedAt);
    if (quirk) context.note([quirk]);
    const stoppedAt = new Date(at);
    await this.metering.read(context, transaction, value.readings, receivedAt);
    const wh = value.meterWh ?? null;
    const ending = { stoppedAt, said: saidOf(value.timestamp), receivedAt: new Date(receivedAt), wh };
    await this.repository.stop(transaction.id, { ...ending, reason: value.reason });
    await this.commands.stopped(transaction.id);
    const current = (await this.repository.byId(transaction.id, context)) ?? transaction;
    if (await this.metering.ensurePublished(context, current, wh)) {
      await this.events.completed(context, current, stoppedAt, wh);
    }
  }

  /** The one that it names; without an id, the newest open one that began before. */
  private transactionOf(context: ChargerContext, { value, receivedAt }: Stop): Promise<ChargerTransaction | undefined> {
    if (value.transaction !== undefined) return this.repository.byId(value.transaction, context);
    const { at } = momentOf(value.timestamp, receivedAt, context.clock.offset);
    return this.repository.open(context, null, new Date(at));
  }

  private async keep(context: ChargerContext, { payload, value }: Stop): Promise<void> {
    context.note(['stop_without_transaction']);
    await this.repository.keep(context, {
      action: 'StopTransaction',
      transactionId: value.transaction,
      reason: 'The charger has no such transaction.',
      payload: JSON.stringify(payload),
    });
  }
}
