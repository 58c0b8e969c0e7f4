import { Injectable } from '@nestjs/common';
import { type Batched, type ListChargePoints, type Page, Refusal } from '@open-cpo/contracts';
import { allOf, type List, onUnique, pageOf, Transactions } from '@open-cpo/persistence';
import { ChargePointEntity } from './charge-point.entity';
import * as sql from './charge-point.queries';
import type { ListedRow, WholeRow } from './charge-point.rows';
import { isZone } from './time-zone';

/** The identifier belongs to the first power center with it, in any account. */
export const IDENTIFIER_TAKEN = 'The identifier has already been taken.';

export interface References {
  readonly types: readonly number[];
  readonly amenities: readonly number[];
  readonly connectors: readonly number[];
}

/** Every query about power centers but for their parts. */
@Injectable()
export class ChargePointsRepository {
  constructor(private readonly transactions: Transactions) {}

  page(query: ListChargePoints, accountId: number): Promise<Page<ListedRow>> {
    return pageOf<ListedRow>(this.transactions, list(query, accountId));
  }

  all(query: ListChargePoints, accountId: number): Batched<ListedRow> {
    return allOf<ListedRow>(this.transactions, list(query, accountId));
  }

  allWhole(query: ListChargePoints, accountId: number): Batched<WholeRow> {
    const whole = { ...list(query, accountId), select: sql.WHOLE_COLUMNS, from: sql.WHOLE_FROM };
    return allOf<WholeRow>(this.transactions, whole);
  }

  /** The next live ones of all accounts, by id. */
  next(after: number, most: number): Batched<WholeRow> {
    return this.transactions.rows<WholeRow>(sql.NEXT, [after, most]);
  }

  /** @throws Refusal `not_found`, `forbidden` */
  async owned(id: number, accountId: number): Promise<WholeRow> {
    const found = await this.transactions.firstAcrossAccounts<WholeRow>(sql.ONE, [id], 'charge-points.one');
    return belonging(found, accountId);
  }

  /**
   * The same, locked for a change.
   * @throws Refusal `not_found`, `forbidden`
   */
  async ownedForChange(id: number, accountId: number): Promise<WholeRow> {
    const locked = await this.transactions.firstAcrossAccounts<{ account_id: number }>(
      sql.LOCK,
      [id],
      'charge-points.lock',
    );
    belonging(locked, accountId);
    return this.owned(id, accountId);
  }

  async isTaken(identifier: string): Promise<boolean> {
    return (await this.transactions.firstAcrossAccounts(sql.TAKEN, [identifier], 'charge-points.taken')) !== undefined;
  }

  /** Whether both this process and the database know a zone by that name. */
  async isZone(name: string): Promise<boolean> {
    return isZone(name) && (await this.transactions.first(sql.ZONE, [name], 'charge-points.zone')) !== undefined;
  }

  async references(type: number | null, amenities: number[], connectors: number[]): Promise<References> {
    const params = [type, amenities, connectors];
    const found = await this.transactions.first<References>(sql.REFERENCES, params, 'charge-points.references');
    return found ?? { types: [], amenities: [], connectors: [] };
  }

  /** @throws Refusal `validation_failed` when somebody else took the identifier a moment ago */
  async add(row: Partial<ChargePointEntity>): Promise<ChargePointEntity> {
    const taken = onUnique('charge_points_identifier', 'identifier', IDENTIFIER_TAKEN);
    return this.transactions.manager.save(ChargePointEntity, row as ChargePointEntity).catch(taken);
  }

  async change(id: number, changes: Partial<ChargePointEntity>): Promise<void> {
    await this.transactions.manager.update(ChargePointEntity, { id }, changes);
  }
}

const list = (query: ListChargePoints, accountId: number): List => ({
  select: sql.LISTED_COLUMNS,
  from: 'charge_points c',
  where: sql.OWNED,
  params: [accountId],
  total: sql.TOTAL,
  // What is searched for is found by its text and then sorted: by its id, the table would be read to its end for a
  // text that nothing has.
  order: query.search ? 'c.id + 0 desc' : 'c.id desc',
  searchIn: 'c.search_text',
  query,
});

function belonging<T extends { readonly account_id: number }>(found: T | undefined, accountId: number): T {
  if (!found) throw new Refusal('not_found');
  if (found.account_id !== accountId) throw new Refusal('forbidden');
  return found;
}
