import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  type ChargePointChanged,
  chargePointChanged,
  type ChargePointRemoved,
  chargePointRemoved,
} from '@open-cpo/contracts';
import { Batches, type BatchEvent, isOf, type Unfit } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { HeldSessions } from '../sessions/held-sessions';
import { ChargePointsRepository } from './charge-points.repository';

/** Keeps power centers as stations tell of them. A repeated or late word changes nothing, so nothing is remembered. */
@Injectable()
export class ChargePointsConsumer implements OnApplicationBootstrap {
  constructor(
    private readonly batches: Batches,
    private readonly transactions: Transactions,
    private readonly repository: ChargePointsRepository,
    private readonly held: HeldSessions,
  ) {}

  onApplicationBootstrap(): void {
    this.batches.consume({
      as: 'orders-charge-points',
      facts: [chargePointChanged, chargePointRemoved],
      filter: 'facts.stations.charge-points.>',
      handle: (events) => this.take(events),
    });
  }

  private async take(events: readonly BatchEvent[]): Promise<readonly Unfit[]> {
    const changed = new Map<number, ReturnType<typeof rowOf>>();
    const removed: object[] = [];
    for (const event of events) {
      if (isOf(event, chargePointChanged)) keepLatest(changed, rowOf(event));
      if (isOf(event, chargePointRemoved)) removed.push(removalOf(event));
    }
    await this.transactions.run(async () => {
      await this.repository.keep([...changed.values()]);
      await this.repository.remove(removed);
    });
    // Sessions may have waited for a power center that nobody knew.
    this.held.poke();
    return [];
  }
}

const momentOf = ({ meta }: BatchEvent): string => meta.occurredAt || new Date().toISOString();

const rowOf = (event: BatchEvent<ChargePointChanged>) => {
  const { id, account_id, time_zone, price, connectors, card } = event.payload;
  const { identifier, token } = card;
  const told_at = momentOf(event);
  return { id, account_id, identifier, token, time_zone, price, connectors, card, told_at };
};

const removalOf = (event: BatchEvent<ChargePointRemoved>) => ({ id: event.payload.id, told_at: momentOf(event) });

function keepLatest<T extends { id: number; told_at: string }>(rows: Map<number, T>, row: T): void {
  const other = rows.get(row.id);
  if (!other || other.told_at <= row.told_at) rows.set(row.id, row);
}
