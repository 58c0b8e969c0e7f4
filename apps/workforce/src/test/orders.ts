import { randomUUID } from 'node:crypto';
import { type OrderCompleted, orderCompleted, type OrderReversed, orderReversed } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { until } from '@open-cpo/testing';
import type { Workforce } from './workforce';

/** An order that was paid 100.50 DZD in cash to worker 1. */
export const cashOrder = (order: Partial<OrderCompleted> = {}): OrderCompleted => ({
  order_id: 1,
  account_id: 1,
  charge_point_id: 7,
  connector_number: 1,
  revision: 1,
  day: '2025-05-12',
  completed_at: '2025-05-12T09:02:00.000Z',
  minutes: '27.0000',
  energy: '12.5000',
  price_usd: '0.70',
  earning_usd: '0.60',
  fees_usd: '0.04',
  payment: 'cash',
  worker_id: 1,
  cash_amount: '100.50',
  cash_currency: 'DZD',
  ...order,
});

/** Publishes to the service what orders publishes: `publish` resolves when the stream has it, `handled` when all was dealt with. */
export class Orders {
  constructor(private readonly workforce: Workforce) {}

  async completed(order: Partial<OrderCompleted> = {}, eventId: string = randomUUID()): Promise<void> {
    await this.publish(orderCompleted.subject, cashOrder(order), eventId);
  }

  async reversed(order: Partial<OrderReversed> = {}, eventId: string = randomUUID()): Promise<void> {
    const reversed: OrderReversed = { reason: 'metered twice', ...cashOrder(order) };
    await this.publish(orderReversed.subject, reversed, eventId);
  }

  /** Waits until the inbox has as many events of a consumer as were told. */
  async handled(events: number): Promise<void> {
    const count = async (): Promise<number> => {
      const rows = await this.workforce.db.query<{ n: number }>('select count(*)::int as n from inbox');
      return rows[0]?.n ?? 0;
    };
    await until(async () => (await count()) === events, `${events} events to be handled`);
  }

  /** Has the inbox forget everything, as it does after a month. */
  async forgotten(): Promise<void> {
    await this.workforce.db.query('truncate inbox');
  }

  private async publish(subject: string, order: OrderCompleted, eventId: string): Promise<void> {
    const publisher = this.workforce.service.app.get(EventPublisher);
    const occurredAt = new Date().toISOString();
    const payload = JSON.stringify(order);
    await publisher.publish({ subject: `${subject}.${order.charge_point_id}`, eventId, payload, occurredAt });
  }
}
