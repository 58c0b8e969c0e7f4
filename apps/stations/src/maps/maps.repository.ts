import { Injectable } from '@nestjs/common';
import type { Batched } from '@open-cpo/contracts';
import { allOf, ownedRead, Transactions } from '@open-cpo/persistence';
import { LISTED_COLUMNS, OWNED } from '../charge-points/charge-point.queries';
import type { MapRow } from './map.rows';

const COLUMNS = `${LISTED_COLUMNS}, c.account_id, c.token, c.category, c.description, c.latitude, c.longitude,
  c.address_line_1, c.address_line_2, c.address_line_3, c.zipcode, c.city, c.state, c.contact_number, c.open_time,
  c.close_time, c.image, c.charge_point_type_id, c.price_unit, c.price_usd, c.session_limit_type,
  c.session_limit_value, c.created_at, c.updated_at, c.charging_site_id`;

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
