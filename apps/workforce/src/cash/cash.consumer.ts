import { Injectable } from '@nestjs/common';
import { type OrderCompleted, orderCompleted, type OrderReversed, orderReversed, Refusal } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { CashLedger, type Movement } from './cash.ledger';
import { opposite, takenFor } from './cash.rules';

/**
 * Credits workers with the cash that they took. The two events come by consumers of their own and so in any order, which
 * a sum does not mind; each revision of an order counts once, however often it is published.
 */
@Injectable()
export class CashConsumer {
  constructor(private readonly ledger: CashLedger) {}

  @Consumes(orderCompleted, { as: 'workforce-cash-collected' })
  completed(order: OrderCompleted): Promise<void> {
    return this.move(order, 'collected', (amount) => ({ amount, happenedAt: order.completed_at }));
  }

  @Consumes(orderReversed, { as: 'workforce-cash-reversed' })
  reversed(order: OrderReversed): Promise<void> {
    return this.move(order, 'corrected', (amount) => ({ amount: opposite(amount), reason: order.reason }));
  }

  /** Cash of a worker whom the owner does not have is dead-lettered for people to look at, not dropped. */
  private async move(
    order: OrderCompleted,
    kind: Movement['kind'],
    about: (amount: string) => Pick<Movement, 'amount' | 'reason' | 'happenedAt'>,
  ): Promise<void> {
    const taken = takenFor(order);
    if (!taken) return;
    const { order_id: orderId, account_id: accountId, revision } = order;
    const { workerId, amount, currency } = taken;
    if ((await this.ledger.accountOf(workerId)) !== accountId) throw new Refusal('not_found');
    await this.ledger.post({ accountId, workerId, kind, currency, orderId, revision, ...about(amount) });
  }
}
