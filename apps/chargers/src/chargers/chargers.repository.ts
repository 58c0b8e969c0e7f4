import { Injectable } from '@nestjs/common';
import { type ChangeCharger, type Charger, type ListChargers, type Page } from '@open-cpo/contracts';
import { onUnique, pageOf, Transactions } from '@open-cpo/persistence';
import * as sql from './charger.queries';

export const IDENTITY_TAKEN = 'The identity has already been taken.';
export const CHARGE_POINT_TAKEN = 'The charge point id has already been taken.';

export interface MessageRow {
  readonly id: number;
  readonly at: string;
  readonly direction: 'received' | 'sent';
  readonly kind: 'call' | 'result' | 'error' | 'malformed';
  readonly action: string | null;
  readonly message_id: string;
  readonly payload: string;
  readonly problems: string[];
}

/** What is asked for of a charger's messages. */
export interface MessagesQuery {
  readonly before?: number | null;
  readonly action?: string | null;
  readonly limit: number;
}

/** An account's chargers. */
@Injectable()
export class ChargersRepository {
  constructor(private readonly transactions: Transactions) {}

  page(query: ListChargers, accountId: number): Promise<Page<Charger>> {
    const state = query.state ?? null;
    const filter = state === null ? '' : ` and ${sql.STATE} = $2`;
    return pageOf<Charger>(this.transactions, {
      select: sql.COLUMNS,
      from: 'chargers c',
      where: `c.account_id = $1 and c.deleted_at is null${filter}`,
      params: state === null ? [accountId] : [accountId, state],
      query: { itemsPerPage: query.itemsPerPage, page: query.page },
      order: 'c.id desc',
    });
  }

  /** @throws Refusal `not_found`, or `forbidden` for one of another account */
  async owned(id: number, accountId: number): Promise<Charger> {
    const row = await this.transactions.owned<Charger & { account_id: number }>(sql.ONE, accountId, [id]);
    const { account_id: _, ...charger } = row;
    return charger;
  }

  /** Until the end of the transaction no message of it is handled. */
  async lock(id: number, accountId: number): Promise<void> {
    await this.transactions.query(sql.LOCK, [id, accountId]);
  }

  /** Which of the two another charger has, of any account. The token of another account's power center is taken as well. */
  async taken(
    accountId: number,
    identity: string,
    chargePointId: number,
  ): Promise<{ identity: boolean; chargePoint: boolean }> {
    const params = [identity, chargePointId, accountId];
    const ask = () => this.transactions.query<{ identity: boolean; charge_point: boolean }>(sql.TAKEN, params);
    const rows = await this.transactions.asService(ask);
    return { identity: rows.some((row) => row.identity), chargePoint: rows.some((row) => row.charge_point) };
  }

  async add(accountId: number, made: { chargePointId: number; identity: string; hash: Buffer; policy: string }) {
    const { chargePointId, identity, hash, policy } = made;
    const params = [accountId, chargePointId, identity, hash, policy];
    const row = await this.transactions
      .first<{ id: number }>(sql.ADD, params)
      .catch(onUnique('chargers_identity', 'identity', IDENTITY_TAKEN))
      .catch(onUnique('chargers_charge_point', 'charge_point_id', CHARGE_POINT_TAKEN));
    return row?.id ?? 0;
  }

  /** What is absent stays. */
  async change(id: number, accountId: number, changes: Omit<ChangeCharger, 'id'>): Promise<void> {
    const { policy, assume_ocpp16, local_list, certificate, server_pings, compression, register_factor } = changes;
    const given = [policy, assume_ocpp16, local_list, certificate, server_pings, compression, register_factor];
    await this.transactions.query(sql.CHANGE, [id, accountId, ...given.map((one) => one ?? null)]);
  }

  /** Sockets with another password are closed by the next look at their rows. */
  async credential(id: number, accountId: number, hash: Buffer | null): Promise<void> {
    await this.transactions.query(sql.CREDENTIAL, [id, accountId, hash]);
  }

  async remove(id: number, accountId: number): Promise<void> {
    await this.transactions.query(sql.REMOVE, [id, accountId]);
  }

  messages(id: number, accountId: number, { before, action, limit }: MessagesQuery): Promise<MessageRow[]> {
    return this.transactions.query<MessageRow>(sql.MESSAGES, [accountId, id, before ?? null, action ?? null, limit]);
  }
}
