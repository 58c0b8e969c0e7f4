import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OrderPayment } from '@open-cpo/contracts';
import { v201 } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import type { ChargerContext } from '../sockets/charger-context';
import type { ChargerTransaction } from '../transactions/transactions.repository';
import * as sql from './transaction-event.queries';

/** A transaction of OCPP 2.0.1. */
export interface RemoteTransaction extends ChargerTransaction {
  /** Whether it is open how its session begins. */
  readonly undecided: boolean;
  /** Readings of it that are kept with its events. */
  readonly kept_readings: number;
  /** Highest register of its events, in Wh. */
  readonly most_wh: number | null;
}

/** A register at a moment, as it is kept with its event. */
export interface KeptReading {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly wh: number;
  readonly context?: 'begin' | 'end';
}

/** An event of a transaction without its readings. */
export interface EventOfBegin extends v201.BeginEvent {
  readonly tag: string | null;
  /** Whether the card is that of a worker; null where that could not be asked. */
  readonly worker: boolean | null;
}

/** One that is kept. */
export interface KeptEvent extends EventOfBegin {
  readonly id: number;
}

export interface NewEvent extends EventOfBegin {
  readonly id?: undefined;
  readonly readings: readonly KeptReading[];
  readonly contentKey: Buffer;
  readonly offline: boolean;
  readonly signed: readonly v201.SignedValue[];
}

/** What became of an event: beyond the limit of its transaction it counts and is not kept. */
export interface Addition {
  readonly outcome: 'added' | 'repeated' | 'full';
  /** Whether all of it is kept, with each of its readings. */
  readonly whole: boolean;
}

/** What an event changes of its transaction while its session has not begun. */
export interface Begin {
  readonly startedAt: Date;
  readonly said: string | null;
  readonly receivedAt: Date;
  readonly clockOffset: number;
  readonly late: boolean;
  readonly startWh: number | null;
}

interface Starts {
  /** Whether it has this event. */
  readonly repeated: boolean;
  /** Whether it has its `Started`. */
  readonly begun: boolean;
  readonly newest: Date;
}

/** How it was decided that a session begins. */
export interface Decision {
  readonly startedAt: Date;
  readonly startWh: number | null;
  readonly connector: number | null;
  readonly tag: string | null;
  readonly payment: OrderPayment;
  readonly accepted: boolean;
}

type EventRow = Omit<KeptEvent, 'seqNo' | 'accepted' | 'connector'> & {
  readonly [K in 'seqNo' | 'accepted' | 'connector']: KeptEvent[K] | null;
};

const eventOf = ({ seqNo, accepted, connector, at, ...rest }: EventRow): KeptEvent => ({
  ...rest,
  at: Math.round(at),
  seqNo: seqNo ?? undefined,
  accepted: accepted ?? undefined,
  connector: connector ?? undefined,
});

const limitOf = ({ type, accepted, connector, charging }: NewEvent): number => {
  if (type !== 'Updated') return sql.MOST_EVENTS;
  return accepted === undefined && connector === undefined && !charging
    ? sql.MAX_EVENTS
    : sql.MAX_EVENTS + sql.MAX_TELLING;
};

/** So many readings: the first and last, those of the begin and end, and others between them. */
function thinned(readings: readonly KeptReading[], most: number): readonly KeptReading[] {
  if (readings.length <= most) return readings;
  const ordered = [...readings].sort((a, b) => a.at - b.at);
  const step = (ordered.length - 1) / (most - 1);
  const chosen = new Set(Array.from({ length: most }, (_, n) => ordered[Math.round(n * step)]));
  chosen.add(readings.find(({ context }) => context === 'begin'));
  chosen.add(readings.findLast(({ context }) => context === 'end'));
  return ordered.filter((one) => chosen.has(one));
}

/** The transactions of chargers of OCPP 2.0.1, with their events. */
@Injectable()
export class TransactionEventsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** By the charger's own id: the newest and the one before, since some chargers use an id again. */
  newest({ id: chargerId }: Pick<ChargerContext, 'id'>, remoteId: string): Promise<RemoteTransaction[]> {
    return this.transactions.query(sql.NEWEST, [chargerId, remoteId]);
  }

  /** What is known of the begin of a transaction, and when it last said something. */
  async starts(id: number, contentKey: Buffer): Promise<Starts | undefined> {
    return this.transactions.first(sql.STARTS, [id, contentKey]);
  }

  /** Ends one whose id was reused: its session stays open until its end comes, or the platform ends it for its silence. */
  async overtake(id: number): Promise<void> {
    await this.transactions.query(sql.OVERTAKE, [id]);
  }

  byId(id: number): Promise<RemoteTransaction | undefined> {
    return this.transactions.first(sql.BY_ID, [id]);
  }

  /** A transaction of which the first event has come, whichever it is. */
  async add(
    { id: chargerId, accountId, chargePointId }: ChargerContext,
    remoteId: string,
    { startedAt, said, receivedAt, clockOffset, late }: Begin,
  ): Promise<RemoteTransaction> {
    const key = createHash('sha256').update(`2.0.1 ${remoteId}`).digest();
    const values = [chargerId, accountId, chargePointId, remoteId, key, startedAt, said, receivedAt, clockOffset, late];
    const made = await this.transactions.first<RemoteTransaction>(sql.ADD, values);
    if (!made) throw new Error('A transaction was added and is not there.');
    return made;
  }

  /** What `Started` says. */
  async begin(id: number, { startedAt, said, receivedAt, clockOffset, late, startWh }: Begin): Promise<void> {
    await this.transactions.query(sql.BEGIN, [id, startedAt, said, receivedAt, clockOffset, late, startWh]);
  }

  async connector(id: number, connector: number): Promise<void> {
    await this.transactions.query(sql.CONNECTOR, [id, connector]);
  }

  async addEvent(transaction: RemoteTransaction, accountId: number, event: NewEvent): Promise<Addition> {
    const { contentKey, seqNo = null, type, at, offline, tag, accepted = null, worker, connector = null } = event;
    const most = Math.min(sql.MAX_EVENT_READINGS, Math.max(2, sql.MAX_READINGS - transaction.kept_readings));
    const readings = thinned(event.readings, most);
    const signed = event.signed.length > 0 ? JSON.stringify(event.signed) : null;
    const rows = await this.transactions.query(sql.ADD_EVENT, [
      ...[transaction.id, accountId, contentKey, seqNo, type, new Date(at), offline, tag, accepted, worker, connector],
      ...[event.charging, JSON.stringify(readings), signed, limitOf(event)],
    ]);
    const isAdded = rows.length > 0;
    const isRepeated =
      !isAdded && (await this.transactions.query(sql.IS_KEPT, [transaction.id, contentKey])).length > 0;
    if (isRepeated) return { outcome: 'repeated', whole: true };
    await this.keepRegisters(transaction.id, event, isAdded ? readings.length : 0);
    return { outcome: isAdded ? 'added' : 'full', whole: isAdded && readings.length === event.readings.length };
  }

  private async keepRegisters(id: number, { readings }: NewEvent, kept: number): Promise<void> {
    if (readings.length === 0) return;
    // A register of 0 among others was misread.
    const least = readings.reduce((so, { wh }) => (wh > 0 ? Math.min(so, wh) : so), Infinity);
    const most = readings.reduce((so, { wh }) => Math.max(so, wh), -Infinity);
    await this.transactions.query(sql.REGISTERS, [id, kept, Number.isFinite(least) ? least : null, most]);
  }

  /** Whether there is an event with which a session may begin. */
  async isTelling(transactionId: number): Promise<boolean> {
    return (await this.transactions.query(sql.TELLING, [transactionId])).length > 0;
  }

  /** In the order in which they came, without their readings. */
  async events(transactionId: number): Promise<KeptEvent[]> {
    return (await this.transactions.query<EventRow>(sql.EVENTS, [transactionId])).map(eventOf);
  }

  /** The readings of some events of a transaction, in the order in which those came. */
  async readings(transactionId: number, events: readonly number[]): Promise<KeptReading[]> {
    const rows = await this.transactions.query<{ readings: KeptReading[] }>(sql.READINGS, [transactionId, events]);
    return rows.flatMap(({ readings }) => readings);
  }

  /** For one without events: there is nothing to decide by. */
  async giveUp(id: number): Promise<void> {
    await this.transactions.query(sql.NEVER_DECIDED, [id]);
  }

  /** For one that could not be decided: others go before it for an hour. */
  async postpone(id: number): Promise<void> {
    await this.transactions.query(sql.POSTPONE, [id]);
  }

  async decide(id: number, { startedAt, startWh, connector, tag, payment, accepted }: Decision): Promise<void> {
    await this.transactions.query(sql.DECIDE, [id, startedAt, startWh, connector, tag, payment, accepted]);
  }

  /** Those of which something is missing, and about which their charger was not asked for hours; locked. */
  doubtful(limit: number): Promise<DoubtfulTransaction[]> {
    return this.transactions.query(sql.DOUBTFUL, [limit]);
  }

  /** Those that go on although their charger has said that they have ended, and that it has said all. */
  lost(limit: number): Promise<LostTransaction[]> {
    return this.transactions.query(sql.LOST, [limit]);
  }

  /** Transactions that ended so many hours ago, or of which their charger has said all, while it is open how they began. */
  overdue(hours: number, limit: number): Promise<OverdueTransaction[]> {
    return this.transactions.query(sql.OVERDUE, [hours, limit]);
  }
}

export interface DoubtfulTransaction {
  readonly id: number;
  readonly charger_id: number;
  readonly account_id: number;
}

export interface LostTransaction {
  readonly id: number;
  readonly charger_id: number;
  readonly charge_point_id: number;
}

export interface OverdueTransaction {
  readonly id: number;
  readonly charger_id: number;
  readonly charge_point_id: number;
  readonly policy: ChargerContext['policy'];
}
