import { Controller } from '@nestjs/common';
import { type ClosedOrders, type HandlersOf, type OrderCompleted, ordersInternal } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { completion } from './order.facts';
import { OrdersRepository } from './orders.repository';

/** For other services, on nobody's behalf. */
@Controller()
export class InternalHandler implements HandlersOf<typeof ordersInternal> {
  constructor(private readonly repository: OrdersRepository) {}

  @Handles(ordersInternal.closed)
  async *closed({ since, chargePointId }: ClosedOrders): AsyncGenerator<OrderCompleted> {
    for await (const order of this.repository.closed(since ?? null, chargePointId ?? null)) yield completion(order);
  }
}
