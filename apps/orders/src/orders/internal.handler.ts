import { Controller } from '@nestjs/common';
import {
  type ClosedOrders,
  type FeedbackGiven,
  type HandlersOf,
  type OrderCompleted,
  ordersInternal,
  type RatingsOf,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { FeedbackRepository } from '../feedback/feedback.repository';
import { completion } from './order.facts';
import { OrdersRepository } from './orders.repository';

/** For other services, on nobody's behalf. */
@Controller()
export class InternalHandler implements HandlersOf<typeof ordersInternal> {
  constructor(
    private readonly repository: OrdersRepository,
    private readonly feedback: FeedbackRepository,
  ) {}

  @Handles(ordersInternal.closed)
  async *closed({ since, chargePointId }: ClosedOrders): AsyncGenerator<OrderCompleted> {
    for await (const order of this.repository.closed(since ?? null, chargePointId ?? null)) yield completion(order);
  }

  @Handles(ordersInternal.ratings)
  ratings({ chargePointId }: RatingsOf): AsyncIterable<FeedbackGiven> {
    return this.feedback.ratings(chargePointId);
  }
}
