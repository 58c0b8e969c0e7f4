import { Injectable } from '@nestjs/common';
import { orderStarted, sessionLimitReached } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';
import { CommandsRepository } from './commands.repository';
import { RemoteStops } from './remote-stops';

/** Learns which order a session is, and stops the sessions that have reached a limit. */
@Injectable()
export class OrdersConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: CommandsRepository,
    private readonly stops: RemoteStops,
  ) {}

  @ConsumesBatch([orderStarted, sessionLimitReached], {
    as: 'chargers-orders',
    from: 'new',
    filter: 'facts.orders.orders.>',
  })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const orders = events
      .filter((event) => isOf(event, orderStarted))
      .filter(isOfOwn)
      .flatMap(({ payload: { order_id, session_id, charge_point_id } }) =>
        session_id ? [{ order_id, session_id, charge_point_id }] : [],
      );
    const limited = events
      .filter((event) => isOf(event, sessionLimitReached))
      .filter(isOfOwn)
      .map(({ payload: { session_id, charge_point_id, limit: reason } }) => ({ session_id, charge_point_id, reason }));
    await this.transactions.run(async () => {
      await this.repository.ordered(orders);
      await this.repository.limited(limited);
      if (limited.length > 0) this.transactions.afterCommit(() => void this.stops.try());
    });
    return [];
  }
}

/** Back ends with a credential of their own may name a session as a charger's is named. */
const isOfOwn = ({ payload }: { readonly payload: { readonly back_end?: string | null } }): boolean =>
  !payload.back_end;
