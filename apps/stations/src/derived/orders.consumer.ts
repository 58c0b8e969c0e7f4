import { Injectable } from '@nestjs/common';
import {
  type FeedbackGiven,
  feedbackGiven,
  orderCompleted,
  orderHeld,
  orderReversed,
  orderStarted,
  Refusal,
} from '@open-cpo/contracts';
import { type BatchEvent, Consumes, ConsumesBatch, type RejectedEvent } from '@open-cpo/events';
import { FiguresRepository } from './figures.repository';
import { OrderEffects } from './order-effects';
import { ReadModelUpdates } from './read-model-updates';

/** Listens to what becomes of orders, and to what drivers think of them. */
@Injectable()
export class OrdersConsumer {
  constructor(
    private readonly effects: OrderEffects,
    private readonly figures: FiguresRepository,
    private readonly shown: ReadModelUpdates,
  ) {}

  @ConsumesBatch([orderStarted, orderHeld, orderCompleted, orderReversed], {
    as: 'stations-orders',
    filter: 'facts.orders.orders.>',
  })
  orders(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    return this.effects.take(events);
  }

  /** One after the other: of two ratings of one feedback the later one stays. */
  @Consumes(feedbackGiven, { as: 'stations-feedback' })
  async rated({ feedback_id, account_id, charge_point_id, rating }: FeedbackGiven): Promise<void> {
    const held = await this.figures.hold([charge_point_id]);
    if (held.get(charge_point_id)?.account_id !== account_id) throw new Refusal('not_found');
    await this.figures.rate(feedback_id, charge_point_id, rating);
    await this.shown.tell([charge_point_id]);
  }
}
