import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { momentOf, readTime, type Requests, type Responses, stopKey } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { CommandsRepository } from '../commands/commands.repository';
import type { Received } from '../protocol/actions';
import { CurrentSockets } from '../protocol/current-sockets';
import type { ChargerContext } from '../sockets/charger-context';
import { inWh, Metering } from './metering';
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
      if (await this.isRepeated(context, received)) return;
      const transaction = await this.transactionOf(context, received);
      if (!transaction) await this.keep(context, received);
      else if (transaction.stopped_at === null || transaction.overtaken) await this.end(context, transaction, received);
    });
    return {};
  }

  /** One that names a transaction is known by it; another one would end the next session. */
  private async isRepeated(context: ChargerContext, { value, messageId }: Stop): Promise<boolean> {
    if (value.transaction !== undefined) return false;
    const { at, quirk } = readTime(value.timestamp);
    return this.repository.hasStop(context, keyOf(value, messageId), at !== undefined && quirk !== 'time_before_2020');
  }

  private async end(
    context: ChargerContext,
    transaction: ChargerTransaction,
    { value, receivedAt, messageId }: Stop,
  ): Promise<void> {
    const { at, quirk } = momentIn(context, transaction, value.timestamp, receivedAt);
    if (quirk) context.note([quirk]);
    const stoppedAt = new Date(at);
    await this.metering.read(context, transaction, value.readings, receivedAt);
    const wh = value.meterWh === undefined ? null : inWh(value.meterWh, transaction);
    const ending = { stoppedAt, said: saidOf(value.timestamp), receivedAt: new Date(receivedAt), wh };
    await this.repository.stop(transaction.id, { ...ending, reason: value.reason, key: keyOf(value, messageId) });
    await this.commands.stopped(transaction.id);
    const current = (await this.repository.byId(transaction.id, context)) ?? transaction;
    if (await this.metering.ensurePublished(context, current, wh)) {
      await this.events.completed(context, current, stoppedAt, wh);
    }
  }

  /** The one that it names; without an id, the open one that began before and that it can be of. */
  private transactionOf(context: ChargerContext, { value, receivedAt }: Stop): Promise<ChargerTransaction | undefined> {
    if (value.transaction !== undefined) return this.repository.byId(value.transaction, context);
    const { at } = momentOf(value.timestamp, receivedAt, context.clock.offset);
    // A register of 0 says nothing.
    return this.repository.ending(context, {
      at: new Date(at),
      register: value.meterWh || null,
      tag: value.tag ?? null,
    });
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

const keyOf = (value: Requests['StopTransaction'], messageId: string): Buffer =>
  createHash('sha256').update(stopKey(value, messageId)).digest();
