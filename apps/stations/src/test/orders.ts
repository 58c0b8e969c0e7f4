import { randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import {
  type ClosedOrders,
  type DomainEvent,
  type FeedbackGiven,
  feedbackGiven,
  type HandlersOf,
  type OrderCompleted,
  orderCompleted,
  type OrderReversed,
  orderReversed,
  ordersInternal,
  type OrderStarted,
  orderStarted,
  type OtherOrder,
  type RatingsOf,
} from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { Handles } from '@open-cpo/messaging';
import { startTestService, type TestService } from '@open-cpo/testing';
import type { Stations } from './stations';

/** An order of power center 1, which brought its owner 7 dollars for 27 minutes and 12.5 kWh. */
export const order = (more: Partial<OrderCompleted> = {}): OrderCompleted => ({
  order_id: 1,
  account_id: 1,
  charge_point_id: 1,
  connector_number: 1,
  revision: 1,
  day: new Date().toISOString().slice(0, 10),
  completed_at: new Date().toISOString(),
  minutes: '27.0000',
  energy: '12.5000',
  price_usd: '8.20000000',
  earning_usd: '7.00000000',
  fees_usd: '0.00000000',
  payment: 'electronic',
  ...more,
});

/** Stands in for orders: publishes what the test says, and serves rebuilds from it. */
export class TestOrders {
  readonly closed = new Map<number, OrderCompleted>();
  readonly others = new Map<number, OtherOrder>();
  readonly ratings = new Map<number, FeedbackGiven>();
  private service?: TestService;

  constructor(private readonly stations: Stations) {}

  started(more: Partial<OrderStarted> = {}, eventId?: string): Promise<void> {
    const { order_id, account_id, charge_point_id, connector_number } = order();
    const about = { order_id, account_id, charge_point_id, connector_number };
    return this.tell(orderStarted, { ...about, started_at: new Date().toISOString(), ...more }, eventId);
  }

  completed(more: Partial<OrderCompleted> = {}, eventId?: string): Promise<void> {
    const completed = order(more);
    this.closed.set(completed.order_id, completed);
    this.others.delete(completed.order_id);
    return this.tell(orderCompleted, completed, eventId);
  }

  reversed(more: Partial<OrderReversed> = {}, eventId?: string): Promise<void> {
    const reversed: OrderReversed = { reason: 'metered twice', ...order(more) };
    this.closed.delete(reversed.order_id);
    const { order_id, charge_point_id, revision, completed_at } = reversed;
    this.others.set(order_id, { order_id, charge_point_id, revision, started_at: completed_at, ended: true });
    return this.tell(orderReversed, reversed, eventId);
  }

  rated(rating: string, more: Partial<FeedbackGiven> = {}): Promise<void> {
    const given = { feedback_id: 1, order_id: 1, account_id: 1, charge_point_id: 1, rating, ...more };
    this.ratings.set(given.feedback_id, given);
    return this.tell(feedbackGiven, given);
  }

  async tell<T extends { charge_point_id: number }>(
    { subject }: DomainEvent<T>,
    payload: T,
    eventId: string = randomUUID(),
  ): Promise<void> {
    const publisher = this.stations.service.app.get(EventPublisher);
    const domainEvent = {
      subject: `${subject}.${payload.charge_point_id}`,
      eventId,
      occurredAt: new Date().toISOString(),
    };
    await publisher.publish({ ...domainEvent, payload: JSON.stringify(payload) });
  }

  /** Answers what stations asks of orders. */
  async serve(): Promise<void> {
    const { closed, others, ratings } = this;
    const byId = <T>(rows: Map<number, T>): T[] => [...rows].sort(([a], [b]) => a - b).map(([, row]) => row);

    @Controller()
    class InternalHandler implements HandlersOf<typeof ordersInternal> {
      @Handles(ordersInternal.closed)
      async *closed({ chargePointId }: ClosedOrders): AsyncGenerator<OrderCompleted> {
        yield* byId(closed).filter((one) => one.charge_point_id === chargePointId);
      }

      @Handles(ordersInternal.others)
      async *others({ chargePointId }: RatingsOf): AsyncGenerator<OtherOrder> {
        yield* byId(others).filter((one) => one.charge_point_id === chargePointId);
      }

      @Handles(ordersInternal.ratings)
      async *ratings({ chargePointId }: RatingsOf): AsyncGenerator<FeedbackGiven> {
        yield* byId(ratings).filter((one) => one.charge_point_id === chargePointId);
      }
    }
    class OrdersModule {}
    Module({ controllers: [InternalHandler] })(OrdersModule);
    const { broker } = this.stations;
    this.service = await startTestService({ broker, module: OrdersModule, serves: [ordersInternal], name: 'orders' });
  }

  async stop(): Promise<void> {
    await this.service?.stop();
  }
}
