import { Injectable } from '@nestjs/common';
import type { Assignment, BackEnd } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';

const PAGE = 100;
const stamp = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

const BACK_END = `select b.name, ${stamp('b.created_at')} as created_at,
  (select count(account_id)::int from back_end_grants g where g.back_end = b.name) as accounts,
  (select count(charge_point_id)::int from back_end_grants g where g.back_end = b.name) as power_centers
  from charging_back_ends b`;

const ASSIGNMENTS = `select id, account_id, charge_point_id, ${stamp('created_at')} as since
  from back_end_grants where back_end = $1 and id > $2 order by id limit ${PAGE}`;

const GRANT = `insert into back_end_grants (back_end, account_id, charge_point_id) values ($1, $2, $3)
  on conflict do nothing returning account_id, charge_point_id`;

const REVOKE = `delete from back_end_grants where back_end = $1
  and account_id is not distinct from $2 and charge_point_id is not distinct from $3
  returning account_id, charge_point_id`;

const SERVED = `select b.name || ' ' || c.id as pair
  from unnest($1::text[]) as b (name) cross join charge_points c
  where c.id = any($2::int[]) and exists (select from back_end_grants g
    where g.back_end = b.name and (g.charge_point_id = c.id or g.account_id = c.account_id))`;

/** What a back end serves: either an account or a power center. */
export interface Grant {
  readonly account_id: number | null;
  readonly charge_point_id: number | null;
}

/** Every query about charging back ends. */
@Injectable()
export class BackEndsRepository {
  constructor(private readonly transactions: Transactions) {}

  all(after: string): Promise<BackEnd[]> {
    return this.transactions.query<BackEnd>(`${BACK_END} where b.name > $1 order by b.name limit ${PAGE}`, [after]);
  }

  one(name: string): Promise<BackEnd | undefined> {
    return this.transactions.first<BackEnd>(`${BACK_END} where b.name = $1`, [name]);
  }

  /** Whoever else changes it waits. */
  async held(name: string): Promise<boolean> {
    const text = 'select 1 from charging_back_ends where name = $1 for update';
    return (await this.transactions.query(text, [name])).length > 0;
  }

  async add(name: string): Promise<void> {
    await this.transactions.query('insert into charging_back_ends (name) values ($1) on conflict do nothing', [name]);
  }

  async remove(name: string): Promise<Grant[]> {
    const text = 'delete from back_end_grants where back_end = $1 returning account_id, charge_point_id';
    const grants = await this.transactions.query<Grant>(text, [name]);
    await this.transactions.query('delete from charging_back_ends where name = $1', [name]);
    return grants;
  }

  assignments(name: string, after: number): Promise<Assignment[]> {
    return this.transactions.query<Assignment>(ASSIGNMENTS, [name, after]);
  }

  /** What that has changed: nothing where it was so before. */
  grant(name: string, { account_id, charge_point_id }: Grant, granted: boolean): Promise<Grant[]> {
    return this.transactions.query<Grant>(granted ? GRANT : REVOKE, [name, account_id, charge_point_id]);
  }

  /** Whether there is such a power center, or an account that has one. */
  async exists({ charge_point_id, account_id }: Grant): Promise<boolean> {
    const text = 'select 1 from charge_points where (id = $1 or account_id = $2) and deleted_at is null limit 1';
    return (await this.transactions.query(text, [charge_point_id, account_id])).length > 0;
  }

  /** Pairs "name id" of those that serve these power centers. */
  async served(names: readonly string[], ids: readonly number[]): Promise<ReadonlySet<string>> {
    if (names.length === 0 || ids.length === 0) return new Set();
    const rows = await this.transactions.query<{ pair: string }>(SERVED, [names, ids], 'back-ends.served');
    return new Set(rows.map(({ pair }) => pair));
  }
}
