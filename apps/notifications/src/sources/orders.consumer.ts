import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { orderCompleted, orderHeld, orderReversed, orderStarted, sessionLimitReached } from '@open-cpo/contracts';
import { Batches, type BatchEvent, isOf, type RejectedEvent } from '@open-cpo/messaging';
import { Publishing } from '../feed/publishing';
import { newsOf } from '../feed/news';
import type { News } from '../feed/news';
import { completedOrder, heldOrder, limitReached, reversedOrder, startedOrder } from './order.views';

/** Tells owners what becomes of their orders. */
@Injectable()
export class OrdersConsumer implements OnApplicationBootstrap {
  constructor(
    private readonly batches: Batches,
    private readonly publishing: Publishing,
  ) {}

  onApplicationBootstrap(): void {
    this.batches.consume({
      as: 'notifications-orders',
      from: 'new',
      domainEvents: [orderStarted, orderHeld, sessionLimitReached, orderCompleted, orderReversed],
      filter: 'facts.orders.orders.>',
      handle: (events) => this.take(events),
    });
  }

  private async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    await this.publishing.publish(events.flatMap(newsOfOrder));
    return [];
  }
}

function newsOfOrder(event: BatchEvent): News[] {
  if (isOf(event, orderStarted)) return [newsOf(event, 'order.started', startedOrder(event.payload))];
  if (isOf(event, orderHeld)) return [newsOf(event, 'order.held', heldOrder(event.payload))];
  if (isOf(event, sessionLimitReached)) {
    return [newsOf(event, 'session.limit_reached', limitReached(event.payload))];
  }
  if (isOf(event, orderReversed)) return [newsOf(event, 'order.reversed', reversedOrder(event.payload))];
  const isNews = isOf(event, orderCompleted) && !event.payload.imported;
  return isNews ? [newsOf(event, 'order.completed', completedOrder(event.payload))] : [];
}
