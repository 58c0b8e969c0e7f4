import { Injectable } from '@nestjs/common';
import type { ChargerReservation, ReservationState } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import type { ChargerContext } from '../sockets/charger-context';
import * as sql from './reservation.queries';

/** One with its tag, and whether that was made for it. */
export interface KeptReservation extends ChargerReservation {
  readonly made: boolean;
}

export interface NewReservation {
  readonly accountId: number;
  readonly chargerId: number;
  readonly connector: number;
  readonly tag: string;
  readonly made: boolean;
  readonly expiresAt: Date;
  readonly userId?: number;
}

/** For whose tag a connector was to be kept free, and whether it was. */
export interface ReservationAt {
  readonly tag: string;
  readonly active: boolean;
}

/** Which of a charger's reservations are asked for. */
export interface ReservationsQuery {
  readonly before?: number | null;
  readonly state?: ReservationState | null;
  readonly limit: number;
}

/** Connectors that are kept free. */
@Injectable()
export class ReservationsRepository {
  constructor(private readonly transactions: Transactions) {}

  one(accountId: number, chargerId: number, id: number): Promise<KeptReservation | undefined> {
    return this.transactions.first<KeptReservation>(sql.ONE, [accountId, chargerId, id]);
  }

  table(accountId: number, chargerId: number, query: ReservationsQuery): Promise<KeptReservation[]> {
    const { before = null, state = null, limit } = query;
    return this.transactions.query<KeptReservation>(sql.TABLE, [accountId, chargerId, before, state, limit]);
  }

  /** Whether a connector is kept free, or is to be. */
  async isKept(accountId: number, chargerId: number, connector: number): Promise<boolean> {
    return (await this.transactions.query(sql.OPEN, [accountId, chargerId, connector])).length > 0;
  }

  async add({ accountId, chargerId, connector, tag, made, expiresAt, userId }: NewReservation): Promise<number> {
    const values = [accountId, chargerId, connector, tag, made, expiresAt, userId ?? null];
    const row = await this.transactions.first<{ id: number }>(sql.ADD, values);
    if (!row) throw new Error('A reservation was added and is not there.');
    return row.id;
  }

  async asked(id: number, commandId: number): Promise<void> {
    await this.transactions.query(sql.ASKED, [id, commandId]);
  }

  async cancelled(id: number, commandId: number): Promise<void> {
    await this.transactions.query(sql.CANCELLED, [id, commandId]);
  }

  /** That of a connector at a moment; one that was not active any more may be used up all the same. */
  at({ id }: ChargerContext, connector: number, at: number): Promise<ReservationAt | undefined> {
    return this.transactions.first<ReservationAt>(sql.AT, [id, connector, new Date(at)]);
  }

  /** A session has begun with its card, at its connector. */
  async used({ id }: Pick<ChargerContext, 'id'>, connector: number, tag: string, transactionId: number): Promise<void> {
    await this.transactions.query(sql.USED, [id, connector, tag, transactionId]);
  }

  /** The charger says that it does not keep the connector free any more. */
  async removed({ id: chargerId }: ChargerContext, id: number): Promise<void> {
    await this.transactions.query(sql.REMOVED, [id, chargerId]);
  }
}
