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
  readonly tariffs: readonly { readonly from: string; readonly tariff: Tariff }[];
}

/** The power centers that stations told us of. */
@Injectable()
export class ChargePointsRepository {
  constructor(private readonly transactions: Transactions) {}

  async keep(rows: readonly object[]): Promise<void> {
    if (rows.length > 0) await this.transactions.query(sql.KEEP, [JSON.stringify(rows)]);
  }

  async remove(rows: readonly object[]): Promise<void> {
    if (rows.length > 0) await this.transactions.query(sql.REMOVE, [JSON.stringify(rows)]);
  }

  async keepTariffs(rows: readonly object[]): Promise<void> {
    if (rows.length > 0) await this.transactions.query(sql.KEEP_TARIFFS, [JSON.stringify(rows)]);
  }

  meant(ids: readonly number[], tokens: readonly string[]): Promise<KnownChargePoint[]> {
    return this.transactions.query<KnownChargePoint>(sql.MEANT, [ids, tokens], 'charge-points.meant');
  }

  owner(id: number): Promise<{ account_id: number; removed: boolean } | undefined> {
    return this.transactions.first(sql.OWNER, [id], 'charge-points.owner');
  }
}
