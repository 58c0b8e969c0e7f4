import { Injectable } from '@nestjs/common';
import type { Batched } from '@open-cpo/contracts';
import { allOf, columnsBut, ownedRead, type RowOf, Transactions } from '@open-cpo/persistence';
import { ChargePointEntity } from '../charge-points/charge-point.entity';
import { OWNED } from '../charge-points/charge-point.queries';

const COLUMNS = columnsBut(
  ChargePointEntity,
  'c',
  'time_zone_set price_amount price_currency connection_at total_earnings_usd total_earned',
  'total_energy total_sessions_time orders_count rating_sum rating_count',
  'deleted_at search_text',
);

/** What a map shows of a power center: its own row, without what belongs to it. */
export type MapRow = RowOf<typeof COLUMNS>;

/** One power center's row by its id. */
export const ONE = ownedRead(
  `select ${COLUMNS} from charge_points c where c.id = $1 and c.deleted_at is null`,
  'maps.one',
);

/** Reads power centers for maps. */
@Injectable()
export class MapsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** All of an account, newest first, by one cursor. */
  all(accountId: number): Batched<MapRow> {
    const list = { select: COLUMNS, from: 'charge_points c', where: OWNED, params: [accountId], order: 'c.id desc' };
    return allOf<MapRow>(this.transactions, list);
  }

  /** @throws Refusal `not_found`, `forbidden` */
  owned(id: number, accountId: number): Promise<MapRow> {
    return this.transactions.owned<MapRow>(ONE, accountId, [id]);
  }
}
