import { Injectable } from '@nestjs/common';
import { momentOf, type Moment, v201 } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { Cards, type Verdict } from '../cards/cards';
import { CommandsRepository } from '../commands/commands.repository';
import type { Received } from '../protocol/actions';
import { CurrentSockets } from '../protocol/current-sockets';
import type { ChargerContext } from '../sockets/charger-context';
import { ReservedConnectors } from '../reservations/reserved-connectors';
import { inWh, Metering } from '../transactions/metering';
import { momentIn, saidOf } from '../transactions/moments';
import { TransactionsRepository } from '../transactions/transactions.repository';
import { isAccepted, isForAnother, mayBegin, withTag } from './cards-of-events';
import { idTokenInfo } from './id-token-info';
import { contentKey, KnownTransactions } from './known-transactions';
import { endRegister, hasEnded, latest, RemoteSessions, startRegister } from './remote-sessions';
import {
  type KeptReading,
  type NewEvent,
  type RemoteTransaction,
  TransactionEventsRepository,
} from './transaction-events.repository';

type Event = Received<v201.Requests['TransactionEvent']>;
/** An event as it came and as it is understood. */
interface Given {
  readonly event: NewEvent;
  readonly received: Event;
  readonly moment: Moment;
  /** The start from afar, where it has the tag of one. */
  readonly remote?: Verdict['remote'];
}
type Response = v201.Responses['TransactionEvent'];

/** Takes the events of transactions of OCPP 2.0.1, in whatever order and however often they come. */
@Injectable()
export class StationTransactions {
  constructor(
    private readonly transactions: Transactions,
    private readonly sockets: CurrentSockets,
    private readonly repository: TransactionEventsRepository,
    private readonly ofAll: TransactionsRepository,
    private readonly sessions: RemoteSessions,
    private readonly metering: Metering,
    private readonly cards: Cards,
    private readonly commands: CommandsRepository,
    private readonly reserved: ReservedConnectors,
    private readonly known: KnownTransactions,
  ) {}

  async take(context: ChargerContext, given: Event): Promise<Response> {
    const { at } = momentOf(given.value.timestamp, given.receivedAt, context.clock.offset);
    const { receivedAt } = given;
    const tagOf = (start: number) => this.commands.tagOfStart(context.accountId, context.id, start, { at, receivedAt });
    const value = await withTag(given.value, tagOf);
    const received = { ...given, value };
    const { token, transaction: remoteId } = value;
    // Before the transaction: another service is asked.
    const judged = token && (await this.cards.judge(context, token.tag, at, receivedAt));
    let verdict = judged;
    const said = await this.transactions.run(async () => {
      await this.sockets.lock(context);
      if (remoteId === undefined) return this.keep(context, received);
      const connector = value.connector ?? (token && (await this.repository.newest(context, remoteId))[0]?.connector);
      const shown = { connector, tag: token?.tag, at, offline: value.offline };
      const current = judged && (await this.cards.current(judged));
      verdict = current && value.type !== 'Ended' ? await this.reserved.judge(context, shown, current) : current;
      return this.apply(context, remoteId, received, verdict);
    });
    if (!verdict) return {};
    return { idTokenInfo: said ? { status: said } : idTokenInfo(verdict) };
  }

  /** Answers what the card may do where that is known by the session: it was begun with it, or another one was. */
  private async apply(
    context: ChargerContext,
    remoteId: string,
    received: Event,
    verdict: Verdict | undefined,
  ): Promise<'Accepted' | 'Invalid' | undefined> {
    const { value, receivedAt } = received;
    const known = await this.known.of(context, remoteId, value);
    const moment = momentIn(context, known, value.timestamp, receivedAt);
    const transaction = known ?? (await this.repository.add(context, remoteId, beginOf(received, moment)));
    const event = this.eventOf(context, transaction, { received, moment, verdict });
    if (isReading(transaction, event)) {
      // As in 1.6: a repetition has the same event id.
      const readings = value.readings.map((one) => ({ ...one, timestamp: one.timestamp ?? value.timestamp }));
      await this.metering.read(context, transaction, readings, receivedAt);
    } else {
      await this.add(context, transaction, { event, received, moment, remote: verdict?.remote });
    }
    if (await this.isOf(context, transaction, value.token?.tag)) return 'Accepted';
    return isForAnother(verdict, transaction) ? 'Invalid' : undefined;
  }

  /** Whether it is the card of the session, or the tag of the command that began it: both stay right while it goes on. */
  private async isOf(
    { accountId }: ChargerContext,
    { id, accepted, id_tag }: RemoteTransaction,
    tag: string | undefined,
  ): Promise<boolean> {
    if (!accepted || tag === undefined) return false;
    return id_tag === tag || this.commands.startedWith(accountId, id, tag);
  }

  /** An event counts also where the transaction has as many as are kept: only a repetition changes nothing. */
  private async add(context: ChargerContext, transaction: RemoteTransaction, given: Given): Promise<void> {
    const { event, received, moment } = given;
    const { outcome, whole } = await this.repository.addEvent(transaction, context.accountId, event);
    if (outcome === 'repeated') return;
    if (moment.quirk) context.note([moment.quirk]);
    // The readings of a session that has begun are published now.
    if (outcome === 'full' || !(whole || transaction.published)) await this.keepRest(context, transaction, received);
    await this.added(context, transaction, given, outcome === 'added');
  }

  private async keepRest(context: ChargerContext, { id }: RemoteTransaction, { payload }: Event): Promise<void> {
    await this.ofAll.keep(context, {
      action: 'TransactionEvent',
      transactionId: id,
      reason: 'The transaction has more events or readings than are kept.',
      payload: JSON.stringify(payload),
    });
  }

  private async added(
    context: ChargerContext,
    transaction: RemoteTransaction,
    { event, received, moment, remote }: Given,
    kept: boolean,
  ): Promise<void> {
    await this.changed(context, transaction, event, { received, moment });
    const tag = received.value.token?.tag;
    if (event.accepted && remote) await this.commands.startedRemotely(remote, transaction.id);
    else if (event.accepted && tag !== undefined) {
      await this.commands.started(context.accountId, context.id, tag, transaction.id);
    }
    if (event.accepted) {
      await this.reserved.begun(context, { connector: event.connector ?? transaction.connector, tag }, transaction.id);
    }
    if (event.type === 'Ended') await this.commands.stopped(transaction.id);
    // The first end counts; another one is kept with the events.
    if (event.type === 'Ended' && hasEnded(transaction)) return;
    const current = (await this.repository.byId(transaction.id)) ?? transaction;
    await this.sessions.take(context, current, event, kept);
  }

  /** What the event says of its transaction, apart from its session. */
  private async changed(
    context: ChargerContext,
    transaction: RemoteTransaction,
    event: NewEvent,
    { received, moment }: Pick<Given, 'received' | 'moment'>,
  ): Promise<void> {
    const { id } = transaction;
    if (event.type === 'Started' && transaction.undecided) {
      await this.repository.begin(id, { ...beginOf(received, moment), startWh: startRegister(event.readings) });
    }
    if (event.connector !== undefined) await this.repository.connector(id, event.connector);
    if (transaction.published && transaction.connector === null) {
      const tag = transaction.id_tag ?? undefined;
      await this.reserved.begun(context, { connector: event.connector, tag }, id);
    }
    const newest = latest(event.readings);
    if (newest) await this.ofAll.read(id, newest.wh, new Date(newest.at));
    if (event.type !== 'Ended' || hasEnded(transaction)) return;
    const { value, receivedAt } = received;
    const ending = { stoppedAt: new Date(moment.at), said: saidOf(value.timestamp), receivedAt: new Date(receivedAt) };
    const how = { wh: endRegister(event.readings), reason: value.stoppedReason ?? 'Local', assumed: false };
    await this.ofAll.stop(id, { ...ending, ...how });
  }

  private eventOf(
    context: ChargerContext,
    transaction: RemoteTransaction,
    { received, moment, verdict }: { received: Event; moment: Moment; verdict: Verdict | undefined },
  ): NewEvent {
    const { value, receivedAt } = received;
    const readings = value.readings.map(({ timestamp, wh, context: when }): KeptReading => {
      // One without a time is that of its event.
      const { at } = timestamp === undefined ? moment : momentIn(context, transaction, timestamp, receivedAt);
      return { at, wh: inWh(wh, transaction), ...(when ? { context: when } : {}) };
    });
    return {
      type: value.type,
      at: moment.at,
      seqNo: value.seqNo,
      contentKey: contentKey(value),
      offline: value.offline,
      // One that was made for a start is no card.
      tag: verdict?.remote ? null : (value.token?.tag ?? null),
      accepted: verdict && mayBegin(value) ? isAccepted(verdict, transaction) : undefined,
      worker: verdict?.worker ?? null,
      connector: value.connector === 0 ? undefined : value.connector,
      charging: value.chargingState === 'Charging',
      readings,
      signed: value.signed,
    };
  }

  /** An event of no transaction is answered and kept: an error would make the charger throw the transaction away. */
  private async keep(context: ChargerContext, { payload }: Event): Promise<undefined> {
    context.note(['event_without_transaction']);
    await this.ofAll.keep(context, {
      action: 'TransactionEvent',
      reason: 'The event names no transaction.',
      payload: JSON.stringify(payload),
    });
    return undefined;
  }
}

/** Whether it says no more than readings of a session that has begun. */
const isReading = ({ published }: RemoteTransaction, { type, signed }: NewEvent): boolean =>
  published && type === 'Updated' && signed.length === 0;

const beginOf = ({ value, receivedAt }: Event, moment: Moment) => ({
  startedAt: new Date(moment.at),
  said: saidOf(value.timestamp),
  receivedAt: new Date(receivedAt),
  clockOffset: Math.round(moment.offset),
  late: moment.late || value.offline,
  startWh: null,
});
