import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { type ChargePointChanged, chargePointChanged, chargePointRemoved } from '@open-cpo/contracts';
import { Batches, type BatchEvent, isOf, type RejectedEvent } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { ChargePointsRepository } from './charge-points.repository';

/** Keeps power centers as stations publish them. A repeated or late event changes nothing. */
@Injectable()
export class ChargePointsConsumer implements OnApplicationBootstrap {
  constructor(
    private readonly batches: Batches,
    private readonly transactions: Transactions,
    private readonly repository: ChargePointsRepository,
  ) {}

  onApplicationBootstrap(): void {
    this.batches.consume({
      as: 'chargers-charge-points',
      domainEvents: [chargePointChanged, chargePointRemoved],
      filter: 'facts.stations.charge-points.>',
      handle: (events) => this.take(events),
    });
  }

  private async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const changed = new Map<number, ReturnType<typeof rowOf>>();
    const removed: number[] = [];
    for (const event of events) {
      if (isOf(event, chargePointRemoved)) removed.push(event.payload.id);
      if (!isOf(event, chargePointChanged)) continue;
      const row = rowOf(event);
      const other = changed.get(row.id);
      if (!other || other.published_at <= row.published_at) changed.set(row.id, row);
    }
    await this.transactions.run(async () => {
      await this.repository.keep([...changed.values()]);
      await this.repository.remove(removed);
    });
    return [];
  }
}

const rowOf = ({ payload, meta }: BatchEvent<ChargePointChanged>) => ({
  id: payload.id,
  account_id: payload.account_id,
  token: payload.card.token,
  time_zone: payload.time_zone,
  published_at: meta.occurredAt || new Date().toISOString(),
});
