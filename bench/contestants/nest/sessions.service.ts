import { type DataSource, LessThanOrEqual } from 'typeorm';
import { ofOrders } from '../shared/events';
import { type OrderStarted, type SessionBegun, shownOrder } from '../shared/sessions';
import * as entities from './orders.started.entities';
import { OutboxEvent, PowerCenterOfOrders, TariffOfOrders } from './writes.entities';

const NOTHING_YET = { charging_session_time: '0', charging_session_energy: '0', quantity: '0', price_usd: '0' };
const NO_MONEY = { fees_usd: '0', earning_usd: '0', prices: [], feedback_exist: false, status: 0, revision: 0 };

/** Orders of sessions, and what owners are shown of them: one event after the other, with repositories. */
export class SessionsService {
  constructor(
    private readonly orders: DataSource,
    private readonly notifications: DataSource,
    private readonly subject: string,
    private readonly committed: () => void,
  ) {}

  async begin(session: SessionBegun): Promise<void> {
    const { session_id, token, connector_number, driver_id, payment, requested_quantity, meter_wh } = session;
    const at = new Date(session.time);
    await this.orders.transaction(async (manager) => {
      if (await manager.existsBy(entities.StoredSession, { session_id })) return;
      const { id, account_id, connectors } = await manager.findOneByOrFail(PowerCenterOfOrders, { token });
      const where = { charge_point_id: id, valid_from: LessThanOrEqual(at) };
      const { tariff } = await manager.findOneOrFail(TariffOfOrders, { where, order: { valid_from: 'DESC' } });
      const { unit, price_usd } = tariff as { unit: string; price_usd: string };
      const mounted = (connectors as { id: number; number: number }[]).find((one) => one.number === connector_number);
      const order = await manager.save(
        manager.create(entities.StoredOrder, {
          ...{
            session_id,
            account_id,
            charge_point_id: id,
            connector_number,
            user_id: driver_id,
            payment,
            unit,
            tariff,
          },
          ...{ requested_quantity, charge_point_connector_id: mounted?.id ?? null, created_at: at, updated_at: at },
          ...{ ...NOTHING_YET, ...NO_MONEY, unit_price_usd: price_usd },
        }),
      );
      const known = { session_id, token, connector_number, driver_id, payment, requested_quantity, card: 'none' };
      const stored = { ...known, started_at: at, start_wh: String(meter_wh), order_id: order.id };
      await manager.insert(entities.StoredSession, stored);
      await manager.increment(entities.AccountTotal, { account_id }, 'orders', 1);
      await manager.increment(entities.PowerCenterTotal, { charge_point_id: id }, 'orders', 1);
      const key = `order-started-${order.id}`;
      const about = { order_id: order.id, account_id, charge_point_id: id, connector_number, session_id };
      const payload = { id: key, ...about, started_at: at.toISOString() };
      const name = `${ofOrders(this.subject)}.${id}`;
      const event = { kind: 'fact', name, aggregate: name, key, payload, secret: false };
      await manager.save(manager.create(OutboxEvent, event));
    });
    this.committed();
  }

  async deliver(order: OrderStarted): Promise<void> {
    const { id, account_id, started_at } = order;
    await this.notifications.transaction(async (manager) => {
      const handled = { consumer: 'notifications', event_id: id };
      if (await manager.existsBy(entities.HandledEvent, handled)) return;
      await manager.insert(entities.HandledEvent, handled);
      const feed = await manager.findOneOrFail(entities.Feed, {
        where: { account_id },
        lock: { mode: 'pessimistic_write' },
      });
      const sequence = String(Number(feed.head) + 1);
      await manager.save(Object.assign(feed, { head: sequence }));
      const event = { id, type: 'order.started', sequence, occurred_at: new Date(started_at), data: shownOrder(order) };
      await manager.insert(entities.FeedEvent, { ...event, account_id });
      const webhooks = await manager.findBy(entities.Webhook, { account_id, status: 'active', locked: false });
      const listening = webhooks.filter(({ events }) => events.length === 0 || events.includes(event.type));
      const about = { account_id, event_id: id, type: event.type, sequence, body: JSON.stringify(event) };
      await manager.save(
        listening.map((webhook) => manager.create(entities.Delivery, { ...about, webhook_id: webhook.id })),
      );
    });
  }
}
