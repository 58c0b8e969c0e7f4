import { Controller } from '@nestjs/common';
import {
  type Caller,
  type CorrectOrder,
  type HandlersOf,
  type LoadedOrders,
  type LoadOrders,
  type OperatorCommand,
  ordersOperators,
  type OrderState,
  type Rebuilt,
  type ReverseOrder,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { Bulk } from './bulk';
import { Corrections } from './corrections';
import { Rebuild } from './rebuild';

/** The platform's own staff at work. The broker lets nobody else ask for this. */
@Controller()
export class OperatorsHandler implements HandlersOf<typeof ordersOperators> {
  constructor(
    private readonly corrections: Corrections,
    private readonly figures: Rebuild,
    private readonly bulk: Bulk,
    private readonly audit: Audit,
  ) {}

  @Handles(ordersOperators.reverse)
  reverse(input: ReverseOrder, caller: Caller): Promise<OrderState> {
    return this.corrections.reverse(input, caller);
  }

  @Handles(ordersOperators.correct)
  correct(input: CorrectOrder, caller: Caller): Promise<OrderState> {
    return this.corrections.correct(input, caller);
  }

  @Handles(ordersOperators.rebuild)
  async rebuild({ by }: OperatorCommand, caller: Caller): Promise<Rebuilt> {
    const after = await this.figures.run();
    await this.audit.write({ action: 'orders.rebuild', subject: 'orders', id: 'all', after: { ...after, by } }, caller);
    return after;
  }

  @Handles(ordersOperators.load)
  async load({ accountId, count }: LoadOrders): Promise<LoadedOrders> {
    return { loaded: await this.bulk.load(accountId, count) };
  }
}
