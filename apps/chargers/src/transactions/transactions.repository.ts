import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { OrderPayment } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { cut, storable } from '../messages/storable';
import type { ChargerContext } from '../sockets/charger-context';
import * as sql from './transaction.queries';

/** A transaction of a charger, which is a session of the platform. */
export interface ChargerTransaction {
  readonly id: number;
  readonly session_id: string;
  readonly connector: number | null;
  readonly id_tag: string | null;
  readonly payment: OrderPayment;
  readonly accepted: boolean;
  /** Whether its begin was published: that of a refused card is when energy flows. */
  readonly published: boolean;
  /** Wh. */
  readonly start_wh: number | null;
  readonly started_at: Date;
  readonly start_received_at: Date;
  readonly clock_offset_ms: number;
  /** Whether the begin was told later than it happened. */
  readonly late: boolean;
  /** What its registers are multiplied by to be Wh. */
  readonly register_factor: number;
  readonly last_wh: number | null;
  readonly last_read_at: Date | null;
  /** The lowest register of it, in Wh; kept until it is published, with OCPP 2.0.1 always. */
  readonly least_wh: number | null;
  readonly stopped_at: Date | null;
  /** Whether it has ended without an end of its own: another one began in its place, or its end was assumed. Its own still counts. */
  readonly provisional: boolean;
}

/** Whether it was begun with the tag of an end. */
interface OfTag {
  readonly of_tag: boolean;
}

type Begun = Pick<ChargerTransaction, 'id' | 'connector' | 'started_at' | 'late'>;

export interface NewTransaction {
  readonly id: number;
  readonly sessionId: string;
  readonly connector: number | null;
  readonly startKey: Buffer;
  readonly tag: string | null;
  readonly payment: OrderPayment;
  readonly accepted: boolean;
  /** As the charger counts. */
  readonly startWh: number | null;
  readonly startedAt: Date;
  readonly said: string | null;
  readonly receivedAt: Date;
  readonly clockOffset: number;
  readonly late: boolean;
}

/** How a transaction ended. */
export interface Ending {
  readonly stoppedAt: Date;
  readonly said: string | null;
  readonly receivedAt: Date;
  readonly wh: number | null;
  readonly reason: string;
  /** By which a repetition is recognised. */
  readonly key?: Buffer;
  /** Whether the charger did not say of which transaction it is, or not that it ended at all. */
  readonly assumed: boolean;
}

/** An end that names no transaction. */
export interface UnnamedEnd {
  readonly key: Buffer;
  /** Whether its time tells one end from another. */
  readonly distinct: boolean;
  readonly at: Date;
  /** As the charger counts. */
  readonly register: number | null;
  readonly tag: string | null;
}

/** A message that was answered and not applied. */
export interface KeptMessage {
  readonly action: string;
  readonly transactionId?: number;
  readonly reason: string;
  readonly payload: string;
}

/** The transactions of chargers. */
@Injectable()
export class TransactionsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** From one sequence of the installation: no id is given twice. */
  async nextId(): Promise<number> {
    const row = await this.transactions.first<{ id: number }>(sql.NEXT_ID);
    if (!row) throw new Error('The sequence of transactions gave no id.');
    return row.id;
  }

  async add({ id: chargerId, accountId, chargePointId }: ChargerContext, made: NewTransaction): Promise<void> {
    const { id, sessionId, connector, startKey, tag, payment, accepted, startWh } = made;
    const times = [made.startedAt, made.said, made.receivedAt, made.clockOffset, made.late];
    const owner = [id, chargerId, accountId, chargePointId, sessionId];
    const rest = [connector, startKey, tag, payment, accepted, startWh, ...times];
    await this.transactions.query(sql.ADD, [...owner, ...rest]);
  }

  byId(id: number, { id: chargerId }: ChargerContext): Promise<ChargerTransaction | undefined> {
    return this.transactions.first(sql.BY_ID, [id, chargerId], 'transactions.one');
  }

  /** Of any charger: who asks compares it. */
  byIds(ids: readonly number[]): Promise<(ChargerTransaction & { charger_id: number })[]> {
    return this.transactions.query(sql.BY_IDS, [ids], 'transactions.some');
  }

  /** `distinct`: whether its time tells one begin from another. */
  sameStart(
    { id: chargerId }: ChargerContext,
    startKey: Buffer,
    distinct: boolean,
  ): Promise<ChargerTransaction | undefined> {
    return this.transactions.first(sql.SAME_START, [chargerId, startKey, distinct]);
  }

  /** The one that such an end has ended before: that of its tag where there are several. */
  endedBy(
    { id: chargerId }: ChargerContext,
    { key, distinct, tag, at, register }: UnnamedEnd,
  ): Promise<OfTag | undefined> {
    return this.transactions.first(sql.SAME_STOP, [chargerId, key, distinct, tag, at, register]);
  }

  /** The newest open one of a connector that began before a moment. */
  open({ id: chargerId }: ChargerContext, connector: number, at: Date): Promise<ChargerTransaction | undefined> {
    return this.transactions.first(sql.OPEN, [chargerId, connector, at], 'transactions.open');
  }

  /** One without an end that an end can be of: that of its tag, or else that of the nearest register, or else the newest. */
  ending(
    { id: chargerId }: ChargerContext,
    { at, register, tag }: UnnamedEnd,
  ): Promise<(ChargerTransaction & OfTag) | undefined> {
    return this.transactions.first(sql.ENDING, [chargerId, at, register, tag]);
  }

  /**
   * A session has begun: those at its connector that began before have ended, whatever was said of them. So has one that is told
   * after another one that began later and goes on. Where that has ended, too, the clock may be behind as well.
   */
  async overtake({ id: chargerId }: Pick<ChargerContext, 'id'>, begun: Begun): Promise<void> {
    if (!begun.connector) return;
    const params = [chargerId, begun.connector, begun.id, begun.started_at];
    await this.transactions.query(sql.OVERTAKE, params);
    if (begun.late) await this.transactions.query(sql.OVERTAKE_LATE, params);
  }

  /** The lowest register, with another one. */
  async least(id: number, wh: number): Promise<number | null> {
    return (await this.transactions.first<{ least_wh: number | null }>(sql.LEAST, [id, wh]))?.least_wh ?? null;
  }

  async read(id: number, wh: number, at: Date): Promise<void> {
    await this.transactions.query(sql.READ, [id, wh, at], 'transactions.read');
  }

  async readAll(readings: readonly { readonly id: number; readonly wh: number; readonly at: Date }[]): Promise<void> {
    if (readings.length === 0) return;
    const params = [readings.map(({ id }) => id), readings.map(({ wh }) => wh), readings.map(({ at }) => at)];
    await this.transactions.query(sql.READ_ALL, params, 'transactions.read-all');
  }

  async published(id: number): Promise<void> {
    await this.transactions.query(sql.PUBLISHED, [id]);
  }

  async stop(id: number, { stoppedAt, said, receivedAt, wh, reason, key, assumed }: Ending): Promise<void> {
    await this.transactions.query(sql.STOP, [id, stoppedAt, said, receivedAt, wh, reason, key ?? null, assumed]);
  }

  /** Whether it has ended with another end than this one. */
  async hasOtherStop(id: number, { key, said, wh }: Pick<Ending, 'key' | 'said' | 'wh'>): Promise<boolean> {
    return (await this.transactions.query(sql.HAS_OTHER_STOP, [id, key, said, wh])).length > 0;
  }

  /** Keeps the end that was assumed of one whose own end has come, unless that says the same. */
  async keepAssumed(id: number, key: Buffer, reason: string): Promise<void> {
    await this.transactions.query(sql.KEEP_ASSUMED, [id, key, reason]);
  }

  /** A repetition, which has the same text, is kept once. */
  async keep({ id, accountId }: ChargerContext, message: KeptMessage): Promise<void> {
    const { action, transactionId, reason, payload } = message;
    const contentKey = createHash('sha256').update(`${action} ${payload}`).digest();
    const bytes = Buffer.from(storable(payload));
    // A character that is cut in the middle is left out.
    const text = new TextDecoder().decode(bytes.subarray(0, sql.MAX_KEPT_BYTES), { stream: true });
    await this.transactions.query(sql.KEEP, [
      id,
      accountId,
      action,
      contentKey,
      transactionId ?? null,
      cut(reason, sql.MAX_REASON),
      text,
    ]);
  }
}
