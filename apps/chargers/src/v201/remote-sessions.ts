import { Injectable } from '@nestjs/common';
import { v201 } from '@open-cpo/ocpp';
import type { ChargerContext } from '../sockets/charger-context';
import { NOTHING_WH } from '../transactions/metering';
import { SessionEvents } from '../transactions/session-events';
import { TransactionsRepository } from '../transactions/transactions.repository';
import {
  type KeptEvent,
  type KeptReading,
  MAX_EVENTS,
  type RemoteTransaction,
  TransactionEventsRepository,
} from './transaction-events.repository';

/** What a session is published with. */
export type SessionContext = Pick<ChargerContext, 'id' | 'chargePointId' | 'policy'>;

/** The register at the begin: what `Started` says of it, or else its earliest one. */
export function startRegister({ readings }: Pick<KeptEvent, 'readings'>): number | null {
  const begin = readings.find(({ context }) => context === 'begin') ?? earliest(readings);
  return begin?.wh ?? null;
}

/** The register at the end: what `Ended` says of it, or else its latest one. */
export function endRegister({ readings }: Pick<KeptEvent, 'readings'>): number | null {
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
  ) {}

  /** The events whose order is certain. */
  orderOf(events: readonly KeptEvent[]): KeptEvent[] {
    return v201.gapless(events);
  }

  /** Publishes what a new event says of its session; in a transaction. */
  async take(context: SessionContext, transaction: RemoteTransaction, event: KeptEvent): Promise<void> {
    if (transaction.published) await this.publish(context, transaction, [event]);
    else if (await this.mayBegin(transaction, event)) await this.begin(context, transaction);
  }

  /** Spares the look at all of its events: a vehicle may be plugged in for days before a card is shown. */
  private async mayBegin({ id, undecided, start_wh }: RemoteTransaction, event: KeptEvent): Promise<boolean> {
    if (undecided) return this.repository.isTelling(id);
    return start_wh === null || event.readings.some(({ wh }) => Math.abs(wh - start_wh) > NOTHING_WH);
  }

  /** Begins a session when that is decided. `complete`: no event is waited for any more. */
  async begin(context: SessionContext, given: RemoteTransaction, complete = false): Promise<void> {
    const events = await this.repository.events(given.id);
    const transaction = given.undecided
      ? await this.decided(context, given, events, complete || events.length >= MAX_EVENTS)
      : given;
    if (!transaction || !(transaction.accepted || delivered(transaction, events))) return;
    await this.transactions.published(transaction.id);
    await this.sessions.started(context, transaction);
    await this.publish(context, transaction, events);
  }

  private async decided(
    context: SessionContext,
    { id }: RemoteTransaction,
    events: readonly KeptEvent[],
    complete: boolean,
  ): Promise<RemoteTransaction | undefined> {
    const found = v201.beginningOf(complete ? v201.inOrder(events) : this.orderOf(events), complete);
    if (!found) return undefined;
    const { started, card, connector = null } = found;
    const anybody = context.policy === 'anybody';
    const accepted = card ? card.accepted === true : anybody;
    // As of a transaction of 1.6: without a worker who takes cash, no money passes the platform. What was accepted without a
    // card was started by a command, or may be by anybody.
    const isCash = card === undefined || card.tag === null ? !accepted : card.worker !== false || !anybody;
    await this.repository.decide(id, {
      startedAt: new Date(started.at),
      startWh: started.type === 'Started' ? startRegister(started) : null,
      connector,
      tag: card?.tag ?? null,
      payment: isCash ? 'cash' : 'settled',
      accepted,
    });
    return this.repository.byId(id);
  }

  private async publish(
    context: SessionContext,
    transaction: RemoteTransaction,
    events: readonly KeptEvent[],
  ): Promise<void> {
    // The end has those of before in many chargers.
    const readings = new Map(events.flatMap((event) => event.readings.map((one) => [`${one.at} ${one.wh}`, one])));
    await this.sessions.metered(
      context,
      transaction,
      [...readings.values()].map(({ at, wh }) => ({ at: new Date(at), wh })),
    );
    const end = events.find(({ type }) => type === 'Ended');
    if (end) await this.sessions.completed(context, transaction, new Date(end.at), endRegister(end));
  }
}

/** Whether energy flowed: then also the session of a card that was refused is one. */
function delivered({ start_wh }: RemoteTransaction, events: readonly KeptEvent[]): boolean {
  const registers = events.flatMap(({ readings }) => readings.map(({ wh }) => wh));
  const most = registers.reduce((so, wh) => Math.max(so, wh), -Infinity);
  const least = registers.reduce((so, wh) => Math.min(so, wh), Infinity);
  return most - (start_wh ?? least) > NOTHING_WH;
}
