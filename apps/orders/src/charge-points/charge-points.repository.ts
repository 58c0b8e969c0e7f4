import { Injectable } from '@nestjs/common';
import type { ChargePointCard, ChargePointConnector, ChargePointPrice } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import * as sql from './charge-points.queries';
import type { Tariff } from './tariff';

/** A power center as a session needs it. */
export interface KnownChargePoint {
  readonly id: number;
  readonly account_id: number;
  readonly token: string;
  readonly time_zone: string;
  readonly price: ChargePointPrice | null;
  readonly connectors: readonly ChargePointConnector[];
  readonly card: ChargePointCard;
  /** When it was first published; null for those of earlier releases. */
  readonly created_at: Date | null;
  readonly removed_at: Date | null;
  readonly tariffs: readonly { readonly from: string; readonly tariff: Tariff }[];
}

/** The power centers that stations published. */
@Injectable()
export class ChargePointsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** What stations published, with the commit of the current transaction. */
  keep(rows: readonly object[]): void {
    this.post(sql.KEEP, rows, 'charge-points.keep');
  }

  created(rows: readonly object[]): void {
    this.post(sql.CREATED, rows, 'charge-points.created');
  }

  remove(rows: readonly object[]): void {
    this.post(sql.REMOVE, rows, 'charge-points.remove');
  }

  keepTariffs(rows: readonly object[]): void {
    this.post(sql.KEEP_TARIFFS, rows, 'charge-points.keep-tariffs');
  }

  meant(ids: readonly number[], tokens: readonly string[]): Promise<KnownChargePoint[]> {
    return this.transactions.query<KnownChargePoint>(sql.MEANT, [ids, tokens], 'charge-points.meant');
  }

  async tokens(ids: readonly number[]): Promise<Map<number, string>> {
    const rows = await this.transactions.query<{ id: number; token: string }>(
      sql.TOKENS,
      [ids],
      'charge-points.tokens',
    );
    return new Map(rows.map(({ id, token }) => [id, token]));
  }

  owner(id: number): Promise<{ account_id: number; removed: boolean } | undefined> {
    return this.transactions.firstAcrossAccounts(sql.OWNER, [id]);
  }

  private post(text: string, rows: readonly object[], name: string): void {
    if (rows.length > 0) this.transactions.post(text, [JSON.stringify(rows)], name);
  }
}
