import { Injectable } from '@nestjs/common';
import { v201 } from '@open-cpo/ocpp';
import { CommandsRepository } from '../commands/commands.repository';
import type { SessionTerms } from '../sessions/terms';
import { ReservedConnectors } from '../reservations/reserved-connectors';
import type { ChargerContext } from '../sockets/charger-context';
import { hasFlowed } from '../transactions/metering';
import { SessionEvents } from '../transactions/session-events';
import { TransactionsRepository } from '../transactions/transactions.repository';
import { MAX_EVENTS } from './transaction-event.queries';
import {
  type EventOfBegin,
  type KeptEvent,
  type KeptReading,
  type NewEvent,
  type RemoteTransaction,
  TransactionEventsRepository,
} from './transaction-events.repository';

type Readings = readonly KeptReading[];

/** Events whose readings are looked at together. */
const PAGE = 20;

/** What a session is published with. */
export type SessionContext = Pick<ChargerContext, 'id' | 'chargePointId' | 'policy'>;

/** A transaction whose begin is decided, and the terms of the session where it was asked for. */
interface Decided {
  readonly transaction: RemoteTransaction;
  readonly terms?: SessionTerms;
}

/** The register at the begin: what `Started` says of it, or else its earliest one. */
export function startRegister(readings: Readings): number | null {
  const begin = readings.find(({ context }) => context === 'begin') ?? earliest(readings);
  return begin?.wh ?? null;
}

/** The register at the end: what `Ended` says of it, or else its latest one. */
export function endRegister(readings: Readings): number | null {
  const end = readings.findLast(({ context }) => context === 'end') ?? latest(readings);
  return end?.wh ?? null;
}

const earliest = (readings: readonly KeptReading[]): KeptReading | undefined =>
  readings.reduce<KeptReading | undefined>((so, one) => (so && so.at <= one.at ? so : one), undefined);
export const latest = (readings: readonly KeptReading[]): KeptReading | undefined =>
  readings.reduce<KeptReading | undefined>((so, one) => (so && so.at > one.at ? so : one), undefined);

/**
 * Makes sessions of the events of transactions, which come in any order. Readings and the end are published as they come; the
 * begin when the events up to it are there without a gap, since a session has one begin and keeps it.
 */
@Injectable()
export class RemoteSessions {
  constructor(
    private readonly repository: TransactionEventsRepository,
    private readonly transactions: TransactionsRepository,
    private readonly sessions: SessionEvents,
    private readonly commands: CommandsRepository,
    private readonly reserved: ReservedConnectors,
  ) {}

  /** The events whose order is certain. */
  orderOf<E extends EventOfBegin>(events: readonly E[]): E[] {
    return v201.gapless(events);
  }

  /** Publishes what a new event says of its session; in a transaction. `kept`: whether it is among the events that are kept. */
  async take(context: SessionContext, transaction: RemoteTransaction, event: NewEvent, kept: boolean): Promise<void> {
    if (transaction.published) await this.publishEvent(context, transaction, event);
    else if (await this.mayBegin(transaction, event)) {
      await this.begin(context, transaction, kept ? {} : { beyond: event, complete: true });
    }
  }

  /** Spares the look at all of its events: a vehicle may be plugged in for days before a card is shown. */
  private async mayBegin(transaction: RemoteTransaction, event: NewEvent): Promise<boolean> {
    // A card that may start is the card of the session as long as that was not published without one.
    if (!transaction.undecided) return delivered(transaction) || event.accepted === true;
    const isTelling = event.accepted === true || event.charging || event.type === 'Ended';
    return isTelling || this.repository.isTelling(transaction.id);
  }

  /**
   * Begins a session when that is decided. `complete`: no event is waited for any more; `beyond`: an event beyond those that
   * are kept.
   */
  async begin(
    context: SessionContext,
    given: RemoteTransaction,
    { beyond, complete = false }: { readonly beyond?: NewEvent; readonly complete?: boolean } = {},
  ): Promise<void> {
    const kept = await this.repository.events(given.id);
    const events = beyond ? [...kept, beyond] : kept;
    if (given.undecided && events.length === 0) return this.repository.giveUp(given.id);
    const decided = isOpen(given, events)
      ? await this.decided(context, given, events, complete || events.length >= MAX_EVENTS)
      : { transaction: given };
    if (!decided) return;
    const { transaction, terms } = decided;
    if (!(transaction.accepted || delivered(transaction))) return;
    await this.begun(context, transaction, terms);
    await this.publishAll(context, transaction, kept);
    if (beyond) await this.publishEvent(context, transaction, beyond);
  }

  private async begun(context: SessionContext, transaction: RemoteTransaction, terms?: SessionTerms): Promise<void> {
    await this.transactions.published(transaction.id);
    if (transaction.accepted) {
      await this.transactions.overtake(context, transaction);
      // The card may have been shown before the connector was known.
      await this.reserved.begun(context, { ...transaction, tag: transaction.id_tag ?? undefined }, transaction.id);
    }
    await this.sessions.started(context, transaction, terms);
  }

  private async decided(
    context: SessionContext,
    { id }: RemoteTransaction,
    events: readonly (KeptEvent | NewEvent)[],
    complete: boolean,
  ): Promise<Decided | undefined> {
    const found = v201.beginningOf(complete ? v201.inOrder(events) : this.orderOf(events), complete);
    if (!found) return undefined;
    const { started, card, connector = null } = found;
    const accepted = card ? card.accepted === true : context.policy === 'anybody';
    const terms = accepted ? await this.termsOf(id, card) : undefined;
    const payment = paymentOf(card, accepted, context.policy);
    await this.repository.decide(id, {
      ...beginOf(started, await this.readingsOf(id, started)),
      connector,
      ...(terms ? { tag: terms.rfid, payment: terms.payment } : { tag: card?.tag ?? null, payment }),
      accepted,
    });
    const transaction = await this.repository.byId(id);
    return transaction && { transaction, terms };
  }

  /** Those of a session that was asked for: it has no card, but a tag that was made for it. */
  private async termsOf(id: number, card: EventOfBegin | undefined): Promise<SessionTerms | undefined> {
    return card?.tag === null ? this.commands.termsOf(id) : undefined;
  }

  private async readingsOf(id: number, event: KeptEvent | NewEvent): Promise<Readings> {
    return event.id === undefined ? event.readings : this.repository.readings(id, [event.id]);
  }

  /** In pages: all readings of a transaction at once may be many. */
  private async publishAll(
    context: SessionContext,
    transaction: RemoteTransaction,
    events: readonly KeptEvent[],
  ): Promise<void> {
    const published = new Set<string>();
    for (let from = 0; from < events.length; from += PAGE) {
      const page = events.slice(from, from + PAGE).map(({ id }) => id);
      await this.publishReadings(context, transaction, await this.repository.readings(transaction.id, page), published);
    }
    const end = events.find(({ type }) => type === 'Ended');
    if (end) await this.complete(context, transaction, end, await this.readingsOf(transaction.id, end));
  }

  private async publishEvent(context: SessionContext, transaction: RemoteTransaction, event: NewEvent): Promise<void> {
    await this.publishReadings(context, transaction, event.readings, new Set());
    if (event.type === 'Ended') await this.complete(context, transaction, event, event.readings);
  }

  private complete(
    context: SessionContext,
    transaction: RemoteTransaction,
    { at }: EventOfBegin,
    readings: Readings,
  ): Promise<void> {
    return this.sessions.completed(context, transaction, { at: new Date(at), wh: endRegister(readings) });
  }

  /** Each once: the end has those of before in many chargers. */
  private async publishReadings(
    context: SessionContext,
    transaction: RemoteTransaction,
    readings: Readings,
    published: Set<string>,
  ): Promise<void> {
    const others = readings.filter(({ at, wh }) => {
      const name = `${at} ${wh}`;
      return !published.has(name) && published.add(name);
    });
    const metered = others.map(({ at, wh }) => ({ at: new Date(at), wh }));
    await this.sessions.metered(context, transaction, metered);
  }
}

/** When a session began, and with which register. Where its `Started` is lost, the readings of the next event may be older. */
function beginOf({ type, at }: EventOfBegin, readings: Readings): { startedAt: Date; startWh: number | null } {
  if (type === 'Started') return { startedAt: new Date(at), startWh: startRegister(readings) };
  const begin = readings.find(({ context }) => context === 'begin');
  const first = begin ?? earliest(readings);
  return { startedAt: new Date(Math.min(at, first?.at ?? at)), startWh: begin?.wh ?? null };
}

/**
 * As of a transaction of 1.6: without a worker who takes cash, no money passes the platform. What was accepted without a card was
 * started by a command, or may be by anybody.
 */
function paymentOf(card: EventOfBegin | undefined, accepted: boolean, policy: SessionContext['policy']) {
  const isCash = card === undefined || card.tag === null ? !accepted : card.worker !== false || policy === 'workers';
  return isCash ? 'cash' : 'settled';
}

/** Whether it is open how its session begins: also where a card that may start was shown since it was decided without one. */
const isOpen = ({ undecided, accepted }: RemoteTransaction, events: readonly EventOfBegin[]): boolean =>
  undecided || (!accepted && events.some((event) => event.accepted));

/** Whether its own end has come. */
export const hasEnded = ({ stopped_at, provisional }: RemoteTransaction): boolean =>
  stopped_at !== null && !provisional;

const delivered = (transaction: RemoteTransaction): boolean =>
  [transaction.least_wh, transaction.most_wh].some((wh) => hasFlowed(transaction, wh));
