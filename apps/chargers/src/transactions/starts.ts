import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { momentOf, readTime, type Requests, type Responses, startKey } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { Cards, type Verdict } from '../cards/cards';
import { CommandsRepository } from '../commands/commands.repository';
import type { Received } from '../protocol/actions';
import { CurrentSockets } from '../protocol/current-sockets';
import type { ChargerContext } from '../sockets/charger-context';
import { saidOf } from './moments';
import { SessionEvents } from './session-events';
import { type ChargerTransaction, TransactionsRepository } from './transactions.repository';

type Start = Received<Requests['StartTransaction']>;

/** Begins transactions. A repetition is the same transaction and gets the same answer. */
@Injectable()
export class Starts {
  constructor(
    private readonly transactions: Transactions,
    private readonly sockets: CurrentSockets,
    private readonly repository: TransactionsRepository,
    private readonly events: SessionEvents,
    private readonly cards: Cards,
    private readonly commands: CommandsRepository,
  ) {}

  async start(context: ChargerContext, received: Start): Promise<Responses['StartTransaction']> {
    const { value, receivedAt } = received;
    const at = momentOf(value.timestamp, receivedAt, context.clock.offset);
    if (at.quirk) context.note([at.quirk]);
    // Before the transaction: another service is asked.
    const verdict = await this.cards.judge(context, value.tag, at.at);
    const { id, accepted } = await this.transactions.run(async () => {
      await this.sockets.lock(context);
      return (await this.known(context, received)) ?? (await this.add(context, received, verdict));
    });
    const status = accepted ? 'Accepted' : verdict.status === 'Accepted' ? 'Invalid' : verdict.status;
    return { transactionId: id, idTagInfo: { status } };
  }

  private known(context: ChargerContext, { value, messageId }: Start): Promise<ChargerTransaction | undefined> {
    const { at, quirk } = readTime(value.timestamp);
    const distinct = at !== undefined && quirk !== 'time_before_2020';
    return this.repository.sameStart(context, keyOf(value, messageId), distinct);
  }

  private async add(
    context: ChargerContext,
    { value, messageId, receivedAt }: Start,
    { status, worker, remote = false }: Verdict,
  ): Promise<Pick<ChargerTransaction, 'id' | 'accepted'>> {
    const { connector, tag, meterWh, timestamp } = value;
    const moment = momentOf(timestamp, receivedAt, context.clock.offset);
    const id = await this.repository.nextId();
    const accepted = status === 'Accepted';
    // Money that the platform does not handle: a worker takes cash, or the driver owes nothing here. Where it is not known
    // whose card it is, orders look it up.
    const isCash = !remote && (worker !== false || context.policy === 'workers');
    const payment = isCash ? 'cash' : 'settled';
    await this.repository.add(context, {
      id,
      sessionId: `ocpp.${context.id}.${id}`,
      connector: connector ?? null,
      startKey: keyOf(value, messageId),
      tag: remote ? null : (tag ?? null),
      payment,
      accepted,
      startWh: meterWh ?? null,
      startedAt: new Date(moment.at),
      said: saidOf(timestamp),
      receivedAt: new Date(receivedAt),
      clockOffset: Math.round(moment.offset),
      late: moment.late,
    });
    if (tag !== undefined) await this.commands.started(context.accountId, context.id, tag, id);
    const made = await this.repository.byId(id, context);
    if (!made) throw new Error('A transaction was added and is not there.');
    if (accepted) await this.events.started(context, made);
    return made;
  }
}

const keyOf = (value: Requests['StartTransaction'], messageId: string): Buffer =>
  createHash('sha256').update(startKey(value, messageId)).digest();
