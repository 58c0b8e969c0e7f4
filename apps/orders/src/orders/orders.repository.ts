import { Injectable } from '@nestjs/common';
import { ALL, Batched, DEFAULT_PAGE, type ListOrders, type OtherOrder, type Page } from '@open-cpo/contracts';
import { boundOf, LIST, type Name, nameOf, Transactions } from '@open-cpo/persistence';
import type { OrderRow } from './order';
import { orderBy, spanOf } from './order-list.rules';
import type { ShownOrder } from './order.views';
import * as sql from './orders.queries';

interface Matching {
  readonly total: number;
  readonly ids: readonly number[] | null;
}

interface Counted {
  readonly total: number;
}

/** Rows up to which it does not matter from which end they are counted. */
const NEAR = 1000;
/** Power centers up to which each one's own orders are looked at. */
const FEW = 200;

/** Every query that shows orders. */
@Injectable()
export class OrdersRepository {
  constructor(private readonly transactions: Transactions) {}

  /** One statement near the beginning; two where how many there are decides from which end to count. */
  async page(query: ListOrders, accountId: number): Promise<Page<ShownOrder>> {
    return (await this.near(query, accountId)) ?? (await this.far(query, accountId));
  }

  private async far(query: ListOrders, accountId: number): Promise<Page<ShownOrder>> {
    const asked = query.itemsPerPage ?? DEFAULT_PAGE;
    const { total, ids } = await this.matching(query, accountId);
    const span = spanOf(total, asked === ALL ? Math.max(1, total) : asked, query.page ?? 1);
    const meta = { per_page: asked, total };
    if (!span) return { data: [], meta };
    const few = ids !== null && ids.length <= FEW && !(await this.mostOf(total, accountId));
    const way = ids === null ? 'all' : few ? 'few' : 'many';
    const text = sql.page(way, orderBy(query.sortBy ?? [], span.backwards), boundOf(span.offset + span.limit));
    const params = [accountId, span.limit, span.offset, ...(ids === null ? [] : [ids])];
    const data = await this.transactions.query<ShownOrder>(text, params, nameFor(way, text));
    return { data: span.backwards ? data.reverse() : data, meta };
  }

  all(query: ListOrders, accountId: number): Batched<ShownOrder> {
    return new Batched(this.batches(query, accountId));
  }

  one(id: number, accountId: number): Promise<ShownOrder | undefined> {
    return this.transactions.first<ShownOrder>(sql.ONE, [id, accountId], 'orders.one');
  }

  ofChargePoint(id: number, accountId: number): Batched<ShownOrder> {
    return this.transactions.rows<ShownOrder>(sql.OF_CHARGE_POINT, [id, accountId]);
  }

  closed(since: string | null, chargePointId: number | null): Batched<OrderRow> {
    return this.transactions.rows<OrderRow>(sql.CLOSED, [since, chargePointId]);
  }

  others(chargePointId: number): Batched<OtherOrder> {
    return this.transactions.rows<OtherOrder>(sql.OTHERS, [chargePointId]);
  }

  private async *batches(query: ListOrders, accountId: number): AsyncGenerator<readonly ShownOrder[], void> {
    const { ids } = await this.matching(query, accountId);
    const text = sql.all(orderBy(query.sortBy ?? []));
    yield* this.transactions.rows<ShownOrder>(text, [accountId, ids], { list: true }).batches;
  }

  /** Nothing where there are no rows to tell the number of all. */
  private async near(query: ListOrders, accountId: number): Promise<Page<ShownOrder> | undefined> {
    const perPage = query.itemsPerPage ?? DEFAULT_PAGE;
    const end = perPage * (query.page ?? 1);
    if (query.search?.trim() || perPage === ALL || end > NEAR) return undefined;
    const text = sql.near(orderBy(query.sortBy ?? []), boundOf(end));
    const params = [accountId, perPage, end - perPage];
    const data = await this.transactions.query<ShownOrder & Counted>(text, params, nameOf(text));
    return data[0] && { data, meta: { per_page: perPage, total: data[0].total } };
  }

  /** `ids` is null when nothing was searched for. */
  private async matching({ search }: ListOrders, accountId: number): Promise<Matching> {
    const text = search?.trim();
    if (!text) return { total: await this.count(accountId), ids: null };
    // An owner has few power centers beside their orders: the index of their identifiers is always quick.
    const found = await this.transactions.first<Matching>(sql.MATCHING, [accountId, text], LIST);
    return found ?? { total: 0, ids: [] };
  }

  private async mostOf(total: number, accountId: number): Promise<boolean> {
    return total > 10_000 && 2 * total > (await this.count(accountId));
  }

  private async count(accountId: number): Promise<number> {
    return (await this.transactions.first<{ total: number }>(sql.COUNT, [accountId], 'orders.count'))?.total ?? 0;
  }
}

/** Where power centers are searched for, a plan for any of them would not do for these: it has no name. */
const nameFor = (way: sql.Way, text: string): Name | undefined => (way === 'all' ? nameOf(text) : LIST);
