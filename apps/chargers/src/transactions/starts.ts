import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { momentOf, readTime, type Requests, type Responses, startKey } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { Cards, type Verdict } from '../cards/cards';
import { CommandsRepository } from '../commands/commands.repository';
import type { Received } from '../protocol/actions';
import { ReservedConnectors } from '../reservations/reserved-connectors';
import { CurrentSockets } from '../protocol/current-sockets';
import type { SessionTerms } from '../sessions/terms';
import type { ChargerContext } from '../sockets/charger-context';
import { inWh } from './metering';
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
    private readonly reserved: ReservedConnectors,
  ) {}

  async start(context: ChargerContext, received: Start): Promise<Responses['StartTransaction']> {
    const { value, receivedAt } = received;
    const said = momentOf(value.timestamp, receivedAt, context.clock.offset);
    // Before the transaction: another service is asked.
    const verdict = await this.cards.judge(context, value.tag, said.at, receivedAt);
    // Its tag may have shown that the clock is behind.
    const at = momentOf(value.timestamp, receivedAt, context.clock.offset);
    if (at.quirk) context.note([at.quirk]);
    const { id, accepted } = await this.transactions.run(async () => {
      await this.sockets.lock(context);
      const known = (await this.known(context, received)) ?? (await this.begunBy(context, received, verdict));
      if (known) return known;
      const shown = { connector: value.connector, tag: value.tag, at: at.at, offline: at.late };
      return this.add(context, received, await this.reserved.judge(context, shown, await this.cards.current(verdict)));
    });
    const status = accepted ? 'Accepted' : verdict.status === 'Accepted' ? 'Invalid' : verdict.status;
    return { transactionId: id, idTagInfo: { status } };
  }

  private async begun(context: ChargerContext, transaction: ChargerTransaction, terms?: SessionTerms): Promise<void> {
    await this.repository.overtake(context, transaction);
    await this.events.started(context, transaction, terms);
  }

  private async added(context: ChargerContext, id: number): Promise<ChargerTransaction> {
    const made = await this.repository.byId(id, context);
    if (!made) throw new Error('A transaction was added and is not there.');
    return made;
  }

  private known(context: ChargerContext, { value, messageId }: Start): Promise<ChargerTransaction | undefined> {
    const { at, quirk } = readTime(value.timestamp);
    const distinct = at !== undefined && quirk !== 'time_before_2020';
    return this.repository.sameStart(context, keyOf(value, messageId), distinct);
  }

  /** A charger without a clock repeats the start from afar in other words. */
  private async begunBy(
    context: ChargerContext,
    { value }: Start,
    { remote }: Verdict,
  ): Promise<ChargerTransaction | undefined> {
    const begun = remote?.transaction_id ? await this.repository.byId(remote.transaction_id, context) : undefined;
    const startWh = begun && value.meterWh !== undefined ? inWh(value.meterWh, begun) : null;
    const isSame = begun?.connector === (value.connector ?? null) && begun.start_wh === startWh;
    return begun?.stopped_at === null && isSame ? begun : undefined;
  }

  private async add(
    context: ChargerContext,
    { value, messageId, receivedAt }: Start,
    verdict: Verdict,
  ): Promise<Pick<ChargerTransaction, 'id' | 'accepted'>> {
    const { connector = null, tag, meterWh = null, timestamp } = value;
    const moment = momentOf(timestamp, receivedAt, context.clock.offset);
    const id = await this.repository.nextId();
    const { terms, ...begin } = beginOf(verdict, tag, context.policy);
    const { accepted } = begin;
    await this.repository.add(context, {
      ...begin,
      id,
      sessionId: `ocpp.${context.id}.${id}`,
      connector,
      startKey: keyOf(value, messageId),
      startWh: meterWh,
      startedAt: new Date(moment.at),
      said: saidOf(timestamp),
      receivedAt: new Date(receivedAt),
      clockOffset: Math.round(moment.offset),
      late: moment.late,
    });
    if (verdict.remote && accepted) await this.commands.startedRemotely(verdict.remote, id);
    else if (tag !== undefined) await this.commands.started(context.accountId, context.id, tag, id);
    if (accepted) await this.reserved.begun(context, value, id);
    if (accepted) await this.begun(context, await this.added(context, id), terms);
    return { id, accepted };
  }
}

/** How a session with a card begins. */
function beginOf({ status, worker, remote }: Verdict, tag: string | undefined, policy: ChargerContext['policy']) {
  // A tag is for one start: what begins with it a second time was not asked for.
  const accepted = status === 'Accepted' && !remote?.transaction_id;
  const terms = accepted ? remote?.session : undefined;
  if (terms) return { accepted, terms, tag: terms.rfid, payment: terms.payment };
  if (remote) return { accepted, tag: null, payment: 'settled' as const };
  // Money that the platform does not handle: a worker takes cash, or the driver owes nothing here. Where it is not known
  // whose card it is, orders look it up.
  const isCash = worker !== false || policy === 'workers';
  return { accepted, tag: tag ?? null, payment: isCash ? ('cash' as const) : ('settled' as const) };
}

const keyOf = (value: Requests['StartTransaction'], messageId: string): Buffer =>
  createHash('sha256').update(startKey(value, messageId)).digest();
