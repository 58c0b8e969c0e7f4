import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { feedbackGiven } from '@open-cpo/contracts';
import { Batches, type BatchEvent, isOf, type RejectedEvent } from '@open-cpo/messaging';
import { newsOf } from '../feed/news';
import { Publishing } from '../feed/publishing';
import { ratedOrder } from './order.views';

/** Tells owners how their orders are rated. */
@Injectable()
export class FeedbackConsumer implements OnApplicationBootstrap {
  constructor(
    private readonly batches: Batches,
    private readonly publishing: Publishing,
  ) {}

  onApplicationBootstrap(): void {
    this.batches.consume({
      as: 'notifications-feedback',
      from: 'new',
      domainEvents: [feedbackGiven],
      filter: 'facts.orders.feedback.>',
      handle: (events) => this.take(events),
    });
  }

  private async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const given = events.filter((event) => isOf(event, feedbackGiven));
    await this.publishing.publish(given.map((event) => newsOf(event, 'order.rated', ratedOrder(event.payload))));
    return [];
  }
}
