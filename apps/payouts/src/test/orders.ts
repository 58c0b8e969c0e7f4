import { randomUUID } from 'node:crypto';
import { type OrderCompleted, orderCompleted, type OrderReversed, orderReversed } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { until } from '@open-cpo/testing';
import type { Payouts } from './payouts';

/** An order of account 1 for 10 dollars, of which 1.50 are the owner's, and a fee of 1. */
export const order = (changes: Partial<OrderCompleted> = {}): OrderCompleted => ({
  order_id: 1,
  account_id: 1,
  charge_point_id: 7,
  connector_number: 1,
  revision: 1,
  day: '2025-05-12',
  completed_at: '2025-05-12T09:02:00.000Z',
  minutes: '27.0000',
  energy: '12.5000',
  price_usd: '10',
  earning_usd: '1.5',
  fees_usd: '1',
  payment: 'electronic',
  ...changes,
});

export const reversal = (changes: Partial<OrderReversed> = {}): OrderReversed => ({
  reason: 'metered twice',
  ...order(changes),
});

/** Publishes to the service what orders publishes. */
export class Orders {
  constructor(private readonly payouts: Payouts) {}

  completed(changes: Partial<OrderCompleted> = {}): Promise<void> {
    return this.publish(orderCompleted.subject, order(changes));
  }

  reversed(changes: Partial<OrderReversed> = {}): Promise<void> {
    return this.publish(orderReversed.subject, reversal(changes));
  }

  /** Waits until the ledger has so many transactions. */
  async posted(transactions: number): Promise<void> {
    await until(async () => (await this.count()) === transactions, `${transactions} transactions`);
  }

  async count(): Promise<number> {
    const [row] = await this.payouts.db.query<{ n: number }>('select count(*)::int as n from ledger_transactions');
    return row?.n ?? 0;
  }

  private async publish(subject: string, payload: OrderCompleted): Promise<void> {
    await this.payouts.app.get(EventPublisher).publish({
      subject: `${subject}.${payload.charge_point_id}`,
      eventId: randomUUID(),
      payload: JSON.stringify(payload),
      occurredAt: payload.completed_at,
    });
  }
}
