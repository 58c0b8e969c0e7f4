import { Injectable } from '@nestjs/common';
import { feedbackGiven } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { newsOf } from '../feed/news';
import { Publishing } from '../feed/publishing';
import { ratedOrder } from './order.views';

/** Tells owners how their orders are rated. */
@Injectable()
export class FeedbackConsumer {
  constructor(private readonly publishing: Publishing) {}

  @ConsumesBatch([feedbackGiven], { as: 'notifications-feedback', from: 'new', filter: 'facts.orders.feedback.>' })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const given = events.filter((event) => isOf(event, feedbackGiven));
    await this.publishing.publish(given.map((event) => newsOf(event, 'order.rated', ratedOrder(event.payload))));
    return [];
  }
}
