import { Controller } from '@nestjs/common';
import {
  type Batched,
  type ClosedOrders,
  type FeedbackGiven,
  type HandlersOf,
  type OrderCompleted,
  ordersInternal,
  type OtherOrder,
  type RatingsOf,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { FeedbackRepository } from '../feedback/feedback.repository';
import { completion } from './order.facts';
import { OrdersRepository } from './orders.repository';

/** For other services, without a user. */
@Controller()
export class InternalHandler implements HandlersOf<typeof ordersInternal> {
  constructor(
    private readonly repository: OrdersRepository,
    private readonly feedback: FeedbackRepository,
  ) {}

  @Handles(ordersInternal.closed)
  closed({ since, chargePointId }: ClosedOrders): Batched<OrderCompleted> {
    return this.repository.closed(since ?? null, chargePointId ?? null).map((order) => completion(order));
  }

  @Handles(ordersInternal.others)
  others({ chargePointId }: RatingsOf): Batched<OtherOrder> {
    return this.repository.others(chargePointId);
  }

  @Handles(ordersInternal.ratings)
  ratings({ chargePointId }: RatingsOf): AsyncIterable<FeedbackGiven> {
    return this.feedback.ratings(chargePointId);
  }
}
