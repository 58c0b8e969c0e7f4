import { Injectable } from '@nestjs/common';
import { orderCompleted, orderHeld, orderReversed, orderStarted, sessionLimitReached } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { Publishing } from '../feed/publishing';
import { newsOf } from '../feed/news';
import type { News } from '../feed/news';
import { completedOrder, heldOrder, limitReached, reversedOrder, startedOrder } from './order.views';

/** Tells owners what becomes of their orders. */
@Injectable()
export class OrdersConsumer {
  constructor(private readonly publishing: Publishing) {}

  @ConsumesBatch([orderStarted, orderHeld, sessionLimitReached, orderCompleted, orderReversed], {
    as: 'notifications-orders',
    from: 'new',
    filter: 'facts.orders.orders.>',
  })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
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
