import { Injectable } from '@nestjs/common';
import type { PriceUnit } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';

// An older event than the last one changes nothing; replicas and repetitions may bring it late.
const KEEP = `
  insert into charge_points as c
    (id, account_id, token, time_zone, listed, price_unit, connector_numbers, published_at)
  select id, account_id, token, time_zone, listed, price_unit, connector_numbers, published_at
  from json_populate_recordset(null::charge_points, $1) order by id
  on conflict (id) do update set account_id = excluded.account_id, token = excluded.token,
    time_zone = excluded.time_zone, listed = excluded.listed, price_unit = excluded.price_unit,
    connector_numbers = excluded.connector_numbers, published_at = excluded.published_at
  where c.published_at <= excluded.published_at`;

const REMOVE = `
  with removed as (
    update charge_points set removed_at = now() where id = any($1::int[]) and removed_at is null returning id)
  update chargers set deleted_at = now(), secret_hash = null, updated_at = now()
  where charge_point_id = any($1::int[]) and deleted_at is null`;

const OWNED = `
  select id, token from charge_points where id = $1 and account_id = $2 and removed_at is null`;

const OFFER = `
  select listed, price_unit, connector_numbers from charge_points where id = $1 and account_id = $2 and removed_at is null`;

/** What a power center offers to drivers; null is not known. */
export interface Offer {
  readonly listed: boolean | null;
  readonly price_unit: PriceUnit | null;
  readonly connector_numbers: readonly number[] | null;
}

/** The power centers that stations published. */
@Injectable()
export class ChargePointsRepository {
  constructor(private readonly transactions: Transactions) {}

  /** What stations published, with the commit of the current transaction. */
  keep(rows: readonly object[]): void {
    if (rows.length > 0) this.transactions.post(KEEP, [JSON.stringify(rows)], 'charge-points.keep');
  }

  /** With their chargers, whose sockets are closed by the next look at their rows. */
  remove(ids: readonly number[]): void {
    if (ids.length > 0) this.transactions.post(REMOVE, [ids], 'charge-points.remove');
  }

  owned(id: number, accountId: number): Promise<{ id: number; token: string } | undefined> {
    return this.transactions.first(OWNED, [id, accountId]);
  }

  offer(id: number, accountId: number): Promise<Offer | undefined> {
    return this.transactions.first(OFFER, [id, accountId]);
  }
}
