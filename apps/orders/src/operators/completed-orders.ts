import { Injectable } from '@nestjs/common';
import type { CompletedAfter, CompletedOrder, CompletedOrders } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { completion } from '../orders/order.facts';
import type { OrderRow } from '../orders/order';

/** Ids that one answer covers. */
const RANGE = 500;

const LAST = 'select coalesce(max(id), 0)::int as id from orders';
const COMPLETED = 'select * from orders where id > $1 and id <= $2 and status = 1 order by id';

/** Completed orders by ranges of their ids, for those who prove what was made of them. */
@Injectable()
export class CompletedOrdersReader {
  constructor(private readonly transactions: Transactions) {}

  async range({ after }: CompletedAfter): Promise<CompletedOrders> {
    const from = after ?? 0;
    const last = (await this.transactions.first<{ id: number }>(LAST))?.id ?? 0;
    const upTo = Math.max(from, Math.min(from + RANGE, last));
    const rows = await this.transactions.query<OrderRow>(COMPLETED, [from, upTo], 'orders.completed-range');
    return { orders: rows.map(completedOrder), upTo, last: upTo >= last };
  }
}

function completedOrder(row: OrderRow): CompletedOrder {
  const { order_id, account_id, revision, price_usd, earning_usd, fees_usd, payment, ...rest } = completion(row);
  const { currency, rate, earning_amount } = rest;
  return {
    order_id,
    account_id,
    revision,
    price_usd,
    earning_usd,
    fees_usd,
    payment,
    currency,
    rate,
    earning_amount,
  };
}
