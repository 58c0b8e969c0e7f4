import { Controller } from '@nestjs/common';
import {
  type Caller,
  type CorrectOrder,
  type HandlersOf,
  type LoadedOrders,
  type LoadOrders,
  ordersOperators,
  type OrderState,
  type PowerCentersRelearned,
  type RebuildOrders,
  type Rebuilt,
  type RelearnPowerCenters,
  type ReverseOrder,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { Bulk } from './bulk';
import { Corrections } from './corrections';
import { Rebuild } from './rebuild';
import { Relearning } from './relearning';

/** The platform's own staff at work. The broker lets nobody else ask for this. */
@Controller()
export class OperatorsHandler implements HandlersOf<typeof ordersOperators> {
  constructor(
    private readonly corrections: Corrections,
    private readonly figures: Rebuild,
    private readonly powerCenters: Relearning,
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
  async rebuild({ after, by }: RebuildOrders, caller: Caller): Promise<Rebuilt> {
    const done = await this.figures.run(after ?? null);
    const entry = { action: 'orders.rebuild', subject: 'orders', id: after ?? 'all' };
    if (done.corrected > 0) await this.audit.write({ ...entry, after: { ...done, by } }, caller);
    return done;
  }

  @Handles(ordersOperators.relearn)
  async relearn({ after, by }: RelearnPowerCenters, caller: Caller): Promise<PowerCentersRelearned> {
    const done = await this.powerCenters.run(after ?? 0);
    const entry = { action: 'orders.relearn-power-centers', subject: 'charge-point', id: after ?? 0 };
    if (done.corrected > 0) await this.audit.write({ ...entry, after: { ...done, by } }, caller);
    return done;
  }

  @Handles(ordersOperators.load)
  async load({ accountId, count }: LoadOrders): Promise<LoadedOrders> {
    return { loaded: await this.bulk.load(accountId, count) };
  }
}
