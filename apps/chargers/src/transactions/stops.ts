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
import { type ChargerTransaction, TransactionsRepository, type UnnamedEnd } from './transactions.repository';

type Stop = Received<Requests['StopTransaction']>;

/** Why an end is kept. */
const NO_TRANSACTION = 'The charger has no such transaction.';
const ENDED = 'The transaction has ended otherwise before.';
const ASSUMED = 'It was assumed to be the end of this transaction, whose own end has come since.';
const REPEATED = 'The same end has come before, and another transaction is open that it can be of.';

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
      const found = await this.endedBy(context, received);
      if (typeof found === 'string') await this.keep(context, received, found);
      else if (found) await this.ended(context, found, received);
    });
    return {};
  }

  /** An end that names the transaction takes the place of one that was assumed. */
  private async ended(context: ChargerContext, transaction: ChargerTransaction, received: Stop): Promise<void> {
    const key = keyOf(received.value, received.messageId);
    if (transaction.stopped_at === null || transaction.provisional) {
      await this.repository.keepAssumed(transaction.id, key, ASSUMED);
      await this.end(context, transaction, received, key);
      return;
    }
    const { timestamp, meterWh } = received.value;
    const wh = meterWh === undefined ? null : inWh(meterWh, transaction);
    const isOther = await this.repository.hasOtherStop(transaction.id, { key, said: saidOf(timestamp), wh });
    if (isOther) await this.keep(context, received, ENDED);
  }

  /** What an end is of; nothing where it was ended before, and why where it is not known. */
  private async endedBy(context: ChargerContext, received: Stop): Promise<ChargerTransaction | string | undefined> {
    const { transaction } = received.value;
    if (transaction !== undefined) return (await this.repository.byId(transaction, context)) ?? NO_TRANSACTION;
    const end = unnamed(context, received);
    const [ended, open] = [await this.repository.endedBy(context, end), await this.repository.ending(context, end)];
    if (!ended) return open ?? NO_TRANSACTION;
    // It is repeated, or two sessions ended at once with registers that are the same, or not known.
    if (!open || (ended.of_tag && !open.of_tag)) return undefined;
    return open.of_tag && !ended.of_tag ? open : REPEATED;
  }

  private async end(
    context: ChargerContext,
    transaction: ChargerTransaction,
    { value, receivedAt }: Stop,
    key: Buffer,
  ): Promise<void> {
    const { at, quirk } = momentIn(context, transaction, value.timestamp, receivedAt);
    if (quirk) context.note([quirk]);
    const stoppedAt = new Date(at);
    await this.metering.read(context, transaction, value.readings, receivedAt);
    const wh = value.meterWh === undefined ? null : inWh(value.meterWh, transaction);
    const ending = { stoppedAt, said: saidOf(value.timestamp), receivedAt: new Date(receivedAt), wh };
    const assumed = value.transaction === undefined;
    await this.repository.stop(transaction.id, { ...ending, reason: value.reason, key, assumed });
    await this.commands.stopped(transaction.id);
    const current = (await this.repository.byId(transaction.id, context)) ?? transaction;
    if (await this.metering.ensurePublished(context, current, wh)) {
      await this.events.completed(context, current, { at: stoppedAt, wh, assumed });
    }
  }

  private async keep(context: ChargerContext, { payload, value }: Stop, reason: string): Promise<void> {
    context.note(['stop_without_transaction']);
    await this.repository.keep(context, {
      action: 'StopTransaction',
      transactionId: value.transaction,
      reason,
      payload: JSON.stringify(payload),
    });
  }
}

function unnamed(context: ChargerContext, { value, messageId, receivedAt }: Stop): UnnamedEnd {
  const { at: said, quirk } = readTime(value.timestamp);
  const { at } = momentOf(value.timestamp, receivedAt, context.clock.offset);
  return {
    key: keyOf(value, messageId),
    distinct: said !== undefined && quirk !== 'time_before_2020',
    at: new Date(at),
    // A register of 0 says nothing.
    register: value.meterWh || null,
    tag: value.tag ?? null,
  };
}

const keyOf = (value: Requests['StopTransaction'], messageId: string): Buffer =>
  createHash('sha256').update(stopKey(value, messageId)).digest();
