import { Injectable } from '@nestjs/common';
import type { Batched, ListChargePoints, Page } from '@open-cpo/contracts';
import { allOf, belonging, onUnique, pageOf, type Param, Transactions } from '@open-cpo/persistence';
import { listOf, type ShownIn } from './charge-point-list.rules';
import type { ChargePointEntity } from './charge-point.entity';
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

/** Sets of columns whose change is prepared: connections keep each, and requests can ask for any. */
const PREPARED_CHANGES = 64;

/** Every query about power centers but for their parts. */
@Injectable()
export class ChargePointsRepository {
  private readonly prepared = new Map<string, string>();

  constructor(private readonly transactions: Transactions) {}

  page(query: ListChargePoints, accountId: number, shownIn: ShownIn): Promise<Page<ListedRow>> {
    return pageOf<ListedRow>(this.transactions, listOf(query, accountId, shownIn));
  }

  all(query: ListChargePoints, accountId: number, shownIn: ShownIn): Batched<ListedRow> {
    return allOf<ListedRow>(this.transactions, listOf(query, accountId, shownIn));
  }

  allWhole(query: ListChargePoints, accountId: number, shownIn: ShownIn): Batched<WholeRow> {
    const whole = { ...listOf(query, accountId, shownIn), select: sql.WHOLE_COLUMNS, from: sql.WHOLE_FROM };
    return allOf<WholeRow>(this.transactions, whole);
  }

  /** The next live ones of all accounts, by id. */
  next(after: number, most: number): Batched<WholeRow> {
    return this.transactions.rows<WholeRow>(sql.NEXT, [after, most]);
  }

  /**
   * Checks that the account owns it, without reading the row.
   * @throws Refusal `not_found`, `forbidden`
   */
  async owned(id: number, accountId: number): Promise<void> {
    await this.transactions.owned(sql.ACCOUNT, accountId, [id]);
  }

  /**
   * The same, locked until the end of the transaction.
   * @throws Refusal `not_found`, `forbidden`
   */
  async ownedForChange(id: number, accountId: number): Promise<void> {
    const locked = await this.transactions.first<{ account_id: number }>(sql.LOCK, [id], 'charge-points.lock');
    // Row-level security leaves out rows of other accounts.
    if (!locked) return this.owned(id, accountId);
    belonging(locked, accountId);
  }

  /** @throws Refusal `not_found`, `forbidden` */
  one(id: number, accountId: number): Promise<WholeRow> {
    return this.transactions.owned<WholeRow>(sql.ONE, accountId, [id]);
  }

  /**
   * The same, locked for a change.
   * @throws Refusal `not_found`, `forbidden`
   */
  async oneForChange(id: number, accountId: number): Promise<WholeRow> {
    const [locked, whole] = await this.transactions.together([
      { name: 'charge-points.lock', text: sql.LOCK, values: [id] },
      { ...sql.ONE, values: [id] },
    ]);
    // Row-level security leaves out rows of other accounts, and rows without one.
    if (locked?.rows.length !== 1) return this.one(id, accountId);
    return belonging(whole?.rows[0] as WholeRow | undefined, accountId);
  }

  async isTaken(identifier: string): Promise<boolean> {
    return (await this.transactions.firstAcrossAccounts(sql.TAKEN, [identifier])) !== undefined;
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
  async add(row: sql.NewChargePoint): Promise<WholeRow> {
    const taken = onUnique('charge_points_identifier', 'identifier', IDENTIFIER_TAKEN);
    const added = this.transactions.first<WholeRow>(sql.CREATE, sql.valuesOf(row), 'charge-points.create');
    return (await added.catch(taken)) as WholeRow;
  }

  /** Changes columns of a power center that is held; answers how it is then. */
  async change(id: number, changes: Partial<ChargePointEntity>): Promise<WholeRow> {
    const columns = Object.keys(changes) as (keyof ChargePointEntity)[];
    const values = [id, ...columns.map((name) => changes[name] as Param)];
    const [, whole] = await this.transactions.together([
      { text: sql.changeOf(columns), values, name: this.nameOf(columns) },
      { ...sql.ONE, values: [id] },
    ]);
    return whole?.rows[0] as WholeRow;
  }

  /** Of the statement that changes these columns; none once there are too many. */
  private nameOf(columns: readonly string[]): string | undefined {
    const key = columns.join();
    const known = this.prepared.get(key);
    if (known !== undefined || this.prepared.size >= PREPARED_CHANGES) return known;
    const name = `charge-points.change-${this.prepared.size}`;
    this.prepared.set(key, name);
    return name;
  }
}
