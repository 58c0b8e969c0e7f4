import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import type { OrderRow } from './order';

const COLUMNS = `session_id, account_id, charge_point_id, charge_point_connector_id, connector_number, user_id, fleet_id,
  unit_price_amount, price_amount, earning_amount, amounts_currency, flat_fee_usd, payment, worker_id, unit, requested_quantity, requested_unit, status, revision, closed_by, tariff, prices, charging_session_time,
  charging_session_energy, quantity, unit_price_usd, price_usd, fees_usd, earning_usd, earning_rate, currency, rate, day,
  feedback_exist, delivered_at, created_at, updated_at, flags, held, released, power_kw, completed_at, readings, limit_told`;

const INSERT = `
  insert into orders (${COLUMNS}) select ${COLUMNS} from json_populate_recordset(null::orders, $1)
  order by created_at, session_id returning id, session_id`;

const CHANGED = [
  'created_at',
  'tariff',
  'unit',
  'unit_price_amount',
  'price_amount',
  'earning_amount',
  'amounts_currency',
]
  .concat(['flat_fee_usd', 'worker_id', 'status', 'revision', 'closed_by', 'prices', 'charging_session_time'])
  .concat(['charging_session_energy', 'quantity', 'unit_price_usd', 'price_usd', 'fees_usd', 'earning_usd'])
  .concat(['earning_rate', 'currency', 'rate', 'day', 'delivered_at', 'updated_at'])
  .concat(['flags', 'held', 'released', 'completed_at', 'readings', 'limit_told']);

const UPDATE = `
  update orders o set ${CHANGED.map((name) => `${name} = n.${name}`).join(', ')}
  from json_populate_recordset(null::orders, $1) n where o.id = n.id`;

const RENAME = 'update orders set session_id = $2 where session_id = $1';

// Of each power center's latest orders those on the same connector; the one that is completed later has the flag.
const OVERLAPS = `
  update orders o set flags = array_append(o.flags, 'connector_overlap') from unnest($1::int[]) as c (id)
  where o.id = c.id and o.connector_number is not null and o.delivered_at > o.created_at and 'connector_overlap' <> all(o.flags) and exists (
    select 1 from (select id, connector_number, status, created_at, delivered_at from orders b
      where b.charge_point_id = o.charge_point_id order by b.charge_point_id desc, b.id desc limit 8) b
    where b.id <> o.id and b.status <> 2 and b.connector_number = o.connector_number
      and b.created_at < o.delivered_at and b.delivered_at > o.created_at)`;

const RATED = `update orders set feedback_exist = true where id = any($1::int[]) and not feedback_exist`;

const OF_SESSIONS = 'select * from orders where session_id = any($1::text[])';

const BY_ID = 'select * from orders where id = $1';

/** Writes orders, many at a time. Their sessions are locked before. */
@Injectable()
export class OrderWrites {
  constructor(private readonly transactions: Transactions) {}

  async insert(orders: readonly Omit<OrderRow, 'id'>[]): Promise<OrderRow[]> {
    if (orders.length === 0) return [];
    const rows = await this.transactions.query<{ id: number; session_id: string }>(
      INSERT,
      [JSON.stringify(orders)],
      'orders.insert',
    );
    const ids = new Map(rows.map(({ id, session_id }) => [session_id, id]));
    return orders.map((order) => ({ ...order, id: ids.get(order.session_id) ?? 0 })).sort((a, b) => a.id - b.id);
  }

  async update(orders: readonly OrderRow[]): Promise<void> {
    if (orders.length > 0) await this.transactions.query(UPDATE, [JSON.stringify(orders)], 'orders.update');
  }

  /** Gives a session's order to another session. */
  async giveTo(sessionId: string, other: string): Promise<void> {
    await this.transactions.query(RENAME, [sessionId, other]);
  }

  /** Marks completed orders at whose connector another one was at the same time. */
  async flagOverlaps(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await this.transactions.query(OVERLAPS, [ids], 'orders.overlaps');
  }

  async rated(ids: readonly number[]): Promise<void> {
    if (ids.length > 0) await this.transactions.query(RATED, [ids], 'orders.rated');
  }

  async ofSessions(ids: readonly string[]): Promise<Map<string, OrderRow>> {
    const rows = await this.transactions.query<OrderRow>(OF_SESSIONS, [ids], 'orders.of-sessions');
    return new Map(rows.map((row) => [row.session_id, row]));
  }

  byId(id: number): Promise<OrderRow | undefined> {
    return this.transactions.first<OrderRow>(BY_ID, [id], 'orders.by-id');
  }
}
