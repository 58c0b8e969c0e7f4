import { Controller } from '@nestjs/common';
import {
  type Caller,
  type CompletedAfter,
  type CompletedOrders,
  type CorrectionRecorded,
  type CorrectOrder,
  type HandlersOf,
  type HeldOrders,
  type ListHeldOrders,
  type LoadedOrders,
  type LoadOrders,
  ordersOperators,
  type OrderState,
  type PowerCentersRelearned,
  type RebuildOrders,
  type RecordCorrection,
  type Rebuilt,
  type RelearnPowerCenters,
  type ReverseOrder,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { Bulk } from './bulk';
import { CompletedOrdersReader } from './completed-orders';
import { Corrections } from './corrections';
import { HeldOrderReview } from './held-orders';
import { Rebuild } from './rebuild';
import { ProjectionRebuild } from './projection-rebuild';

/** Operations of the platform's staff; the broker's permissions refuse others. */
@Controller()
export class OperatorsHandler implements HandlersOf<typeof ordersOperators> {
  constructor(
    private readonly corrections: Corrections,
    private readonly review: HeldOrderReview,
    private readonly figures: Rebuild,
    private readonly powerCenters: ProjectionRebuild,
    private readonly completedOrders: CompletedOrdersReader,
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

  @Handles(ordersOperators.held)
  async held(input: ListHeldOrders): Promise<HeldOrders> {
    return { orders: await this.review.list(input) };
  }

  @Handles(ordersOperators.release)
  release(input: ReverseOrder, caller: Caller): Promise<OrderState> {
    return this.review.release(input, caller);
  }

  @Handles(ordersOperators.settle)
  settle(input: ReverseOrder, caller: Caller): Promise<OrderState> {
    return this.corrections.settle(input, caller);
  }

  @Handles(ordersOperators.void)
  void(input: ReverseOrder, caller: Caller): Promise<OrderState> {
    return this.corrections.void(input, caller);
  }

  @Handles(ordersOperators.recordCorrection)
  async recordCorrection(input: RecordCorrection, caller: Caller): Promise<CorrectionRecorded> {
    const { number, subject, event_id, before, after, reason, by } = input;
    const entry = { subject: 'charging-event', id: event_id };
    await this.audit.write(
      { ...entry, before: { subject, event: before }, after: { event: after, reason, by } },
      caller,
    );
    return { number };
  }

  @Handles(ordersOperators.rebuild)
  async rebuild({ after, by }: RebuildOrders, caller: Caller): Promise<Rebuilt> {
    const done = await this.figures.run(after ?? null);
    const entry = { subject: 'orders', id: after ?? 'all' };
    if (done.corrected > 0) await this.audit.write({ ...entry, after: { ...done, by } }, caller);
    else this.audit.unchanged();
    return done;
  }

  @Handles(ordersOperators.relearn)
  async relearn({ after, by }: RelearnPowerCenters, caller: Caller): Promise<PowerCentersRelearned> {
    const done = await this.powerCenters.run(after ?? 0);
    const entry = { subject: 'charge-point', id: after ?? 0 };
    if (done.corrected > 0) await this.audit.write({ ...entry, after: { ...done, by } }, caller);
    else this.audit.unchanged();
    return done;
  }

  @Handles(ordersOperators.completed)
  completed(input: CompletedAfter): Promise<CompletedOrders> {
    return this.completedOrders.range(input);
  }

  @Handles(ordersOperators.load)
  async load({ accountId, count }: LoadOrders): Promise<LoadedOrders> {
    return { loaded: await this.bulk.load(accountId, count) };
  }
}
