import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import type { Status } from './power-center.views';

/** The last received state of a power center. */
export interface Known {
  readonly id: number;
  readonly account_id: number;
  readonly told_at: Date;
  readonly removed: boolean;
  /** Null when only its removal was received. */
  readonly status: Status | null;
}

/** New ones are inserted before they are read: two replicas cannot both be first. */
const INTRODUCE = `
  insert into power_centers (id, account_id, told_at, status)
  select id, 0, '-infinity', 'null' from unnest($1::int[]) as new (id) order by id on conflict do nothing`;

const KNOWN = `
  select id, account_id, told_at, removed, status from power_centers
  where id = any($1::int[]) and account_id > 0 order by id for update`;

const KEEP = `
  insert into power_centers (id, account_id, told_at, removed, status)
  select id, account_id, told_at, removed, coalesce(status, 'null')
  from jsonb_to_recordset($1::jsonb) as g (id int, account_id int, told_at timestamptz, removed boolean, status jsonb)
  order by id
  on conflict (id) do update set account_id = excluded.account_id, told_at = excluded.told_at,
    removed = excluded.removed, status = excluded.status`;

/** Every query about the last received states of power centers. */
@Injectable()
export class PowerCentersRepository {
  constructor(private readonly transactions: Transactions) {}

  /** Locked until the transaction ends. */
  async known(ids: readonly number[]): Promise<Map<number, Known>> {
    this.transactions.post(INTRODUCE, [ids], 'power-centers.introduce');
    const rows = await this.transactions.query<Known>(KNOWN, [ids], 'power-centers.known');
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** With the commit of the current transaction. */
  keep(known: readonly Known[]): void {
    this.transactions.post(KEEP, [JSON.stringify(known)], 'power-centers.keep');
  }
}
