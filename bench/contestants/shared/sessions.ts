import type { NatsConnection } from '@nats-io/transport-node';
import { Pool } from 'pg';
import { consume, ofOrders } from './events';
import * as sql from './session-sql';
import { type Copies, POOL } from './settings';
import type { Writes } from './writes';

/** A session that begins, in the words of charging back ends. */
export interface SessionBegun {
  readonly session_id: string;
  readonly token: string;
  readonly connector_number: number | null;
  readonly driver_id: number;
  readonly payment: string;
  readonly requested_quantity: string;
  readonly meter_wh: number;
  readonly time: string;
}

/** What other services are told of an order. */
export interface OrderStarted {
  readonly id: string;
  readonly order_id: number;
  readonly account_id: number;
  readonly charge_point_id: number;
  readonly connector_number: number | null;
  readonly started_at: string;
  readonly session_id: string;
}

/** What webhooks show of an order. */
export const shownOrder = (order: OrderStarted) => ({
  id: order.order_id,
  charge_point_id: order.charge_point_id,
  connector_number: order.connector_number,
  status: 0,
  created_at: new Date(order.started_at).toISOString().replace('Z', '000Z'),
  session_id: order.session_id,
});

/** From sessions to deliveries of webhooks: orders, their effect on power centers, and the events that owners are shown. */
export async function keepSessions(
  nats: NatsConnection,
  copies: Copies,
  writes: Writes,
  committed: () => void,
): Promise<void> {
  const [orders, notifications] = [copies.orders, copies.notifications].map(
    (connectionString) => new Pool({ connectionString, max: POOL }),
  ) as [Pool, Pool];
  await consume<SessionBegun>(nats, copies, 'sessions', async (sessions) => {
    const values = [JSON.stringify(sessions), ofOrders(copies.stream)];
    await orders.query({ name: 'begin', text: sql.BEGIN, values });
    committed();
  });
  await consume<OrderStarted>(nats, copies, 'order-webhooks', async (started) => {
    const given = started.map((order, place) => ({ ...order, data: shownOrder(order), place }));
    await notifications.query({ name: 'deliver', text: sql.DELIVER, values: [JSON.stringify(given)] });
  });
  await consume<OrderStarted>(nats, copies, 'order-stations', (started) => writes.occupy(started));
}
