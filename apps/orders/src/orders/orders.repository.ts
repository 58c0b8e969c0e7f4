import { Injectable } from '@nestjs/common';
import {
  ALL,
  Batched,
  DEFAULT_PAGE,
  type ListOrders,
  MOST_READINGS,
  type OtherOrder,
  type Page,
} from '@open-cpo/contracts';
import { boundOf, nameOf, ownAccount, Transactions } from '@open-cpo/persistence';
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

/** A register of a session's meter. */
export interface Register {
  readonly at: Date;
  /** kWh since the first one. */
  readonly energy: string;
  /** How many there are. */
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
    const params = [span.limit, span.offset, ...(ids === null ? [] : [ids])];
    const read = { text, name: nameFor(way, text) };
    const data = await this.transactions.exempt<ShownOrder>(read, ownAccount(accountId), ...params);
    return { data: span.backwards ? data.reverse() : data, meta };
  }

  all(query: ListOrders, accountId: number): Batched<ShownOrder> {
    return new Batched(this.batches(query, accountId));
  }

  async one(id: number, accountId: number): Promise<ShownOrder | undefined> {
    return (await this.transactions.exempt<ShownOrder>(sql.ONE, ownAccount(accountId), id))[0];
  }

  /** Undefined where the account has no such order. */
  async readings(id: number, accountId: number): Promise<Register[] | undefined> {
    const order = await this.transactions.first<{ session_id: string }>(sql.SESSION_OF, [id, accountId]);
    if (!order) return undefined;
    // Sessions are of no account until they have an order: callers may not read them by themselves.
    const ask = () =>
      this.transactions.query<Register>(sql.READINGS, [order.session_id, MOST_READINGS], 'orders.readings');
    return this.transactions.asService(ask);
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
    yield* this.transactions.rowsExempt<ShownOrder>(text, [ownAccount(accountId), ids]).batches;
  }

  /** Undefined where there is no row with the number of all. */
  private async near(query: ListOrders, accountId: number): Promise<Page<ShownOrder> | undefined> {
    const perPage = query.itemsPerPage ?? DEFAULT_PAGE;
    const end = perPage * (query.page ?? 1);
    if (query.search?.trim() || perPage === ALL || end > NEAR) return undefined;
    const text = sql.near(orderBy(query.sortBy ?? []), boundOf(end));
    const read = { text, name: nameOf(text) };
    const params = [perPage, end - perPage];
    const data = await this.transactions.exempt<ShownOrder & Counted>(read, ownAccount(accountId), ...params);
    return data[0] && { data, meta: { per_page: perPage, total: data[0].total } };
  }

  /** `ids` is null when nothing was searched for. */
  private async matching({ search }: ListOrders, accountId: number): Promise<Matching> {
    const text = search?.trim();
    if (!text) return { total: await this.count(accountId), ids: null };
    // An owner has few power centers beside their orders: the index of their identifiers is always quick.
    const [found] = await this.transactions.exempt<Matching>(sql.MATCHING, ownAccount(accountId), text);
    return found ?? { total: 0, ids: [] };
  }

  private async mostOf(total: number, accountId: number): Promise<boolean> {
    return total > 10_000 && 2 * total > (await this.count(accountId));
  }

  private async count(accountId: number): Promise<number> {
    const read = { text: sql.COUNT, name: 'orders.count' };
    return (await this.transactions.exempt<{ total: number }>(read, ownAccount(accountId)))[0]?.total ?? 0;
  }
}

/** Where power centers are searched for, a plan for any of them would not do for these: it has no name. */
const nameFor = (way: sql.Way, text: string): string | undefined => (way === 'all' ? nameOf(text) : undefined);
