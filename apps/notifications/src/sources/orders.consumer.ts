import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { orderCompleted, orderReversed, orderStarted } from '@open-cpo/contracts';
import { Batches, type BatchEvent, isOf, type Unfit } from '@open-cpo/messaging';
import { Publishing } from '../feed/publishing';
import { newsOf } from '../feed/news';
import type { News } from '../feed/news';
import { completedOrder, reversedOrder, startedOrder } from './order.views';

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
      facts: [orderStarted, orderCompleted, orderReversed],
      filter: 'facts.orders.orders.>',
      handle: (events) => this.take(events),
    });
  }

  private async take(events: readonly BatchEvent[]): Promise<readonly Unfit[]> {
    await this.publishing.publish(events.flatMap(newsOfOrder));
    return [];
  }
}

function newsOfOrder(event: BatchEvent): News[] {
  if (isOf(event, orderStarted)) return [newsOf(event, 'order.started', startedOrder(event.payload))];
  if (isOf(event, orderReversed)) return [newsOf(event, 'order.reversed', reversedOrder(event.payload))];
  return isOf(event, orderCompleted) ? [newsOf(event, 'order.completed', completedOrder(event.payload))] : [];
}
