import { Injectable } from '@nestjs/common';
import { Batched, type ListOrders, MOST_READINGS, type OtherOrder, type Page } from '@open-cpo/contracts';
import { allOf, type List, ownAccount, pageOf, Transactions } from '@open-cpo/persistence';
import type { OrderRow } from './order';
import type { ShownOrder } from './order.views';
import * as sql from './orders.queries';

interface Matching {
  readonly total: number;
  readonly ids: readonly number[];
}

/** A register of a session's meter. */
export interface Register {
  readonly at: Date;
  /** kWh since the first one. */
  readonly energy: string;
  /** How many there are. */
  readonly total: number;
}

/** Power centers up to which each one's own orders are looked at. */
const FEW = 200;

const LIST = {
  key: 'o.id',
  select: sql.SHOWN,
  from: `orders o ${sql.SHOWN_JOINS}`,
  where: 'o.account_id = $1',
  countFrom: 'orders o',
  total: sql.COUNT.text,
  sortKeys: {
    insert_date: 'o.created_at',
    duration: 'o.charging_session_time',
    energy: 'o.charging_session_energy',
    price: 'o.price_usd',
    totalEarning: 'o.earning_usd',
  },
};

/** Every query that shows orders. */
@Injectable()
export class OrdersRepository {
  constructor(private readonly transactions: Transactions) {}

  async page(query: ListOrders, accountId: number): Promise<Page<ShownOrder>> {
    return pageOf<ShownOrder>(this.transactions, await this.list(query, accountId));
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
    yield* allOf<ShownOrder>(this.transactions, await this.list(query, accountId)).batches;
  }

  private async list(query: ListOrders, accountId: number): Promise<List> {
    const list = { ...LIST, params: [accountId], query };
    const search = query.search?.trim();
    if (!search) return list;
    // An owner has few power centers beside their orders: the index of their identifiers is always quick.
    const [found] = await this.transactions.exempt<Matching>(sql.MATCHING, ownAccount(accountId), search);
    const { total, ids } = found ?? { total: 0, ids: [] };
    const apart = ids.length <= FEW && !(await this.isMost(total, accountId));
    const narrowed = { column: 'o.charge_point_id', values: '$2::int[]', total, apart };
    return { ...list, params: [accountId, ids], narrowed };
  }

  private async isMost(total: number, accountId: number): Promise<boolean> {
    if (total <= 10_000) return false;
    const [all] = await this.transactions.exempt<{ total: number }>(sql.COUNT, ownAccount(accountId));
    return 2 * total > (all?.total ?? 0);
  }
}
