import { Injectable } from '@nestjs/common';
import { type ChargePointChanged, chargePointChanged, chargePointRemoved } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';
import { ChargePointsRepository } from './charge-points.repository';

/** Keeps power centers as stations publish them. A repeated or late event changes nothing. */
@Injectable()
export class ChargePointsConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: ChargePointsRepository,
  ) {}

  @ConsumesBatch([chargePointChanged, chargePointRemoved], {
    as: 'chargers-charge-points',
    filter: 'facts.stations.charge-points.>',
  })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
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
      this.repository.keep([...changed.values()]);
      this.repository.remove(removed);
    });
    return [];
  }
}

/** Null where any number is accepted: a sole connector may have none. */
function numbersOf({ connectors }: ChargePointChanged): number[] | null {
  const numbers = connectors.flatMap(({ number }) => number ?? []);
  return numbers.length === 0 || numbers.length < connectors.length ? null : numbers;
}

const rowOf = ({ payload, meta }: BatchEvent<ChargePointChanged>) => ({
  id: payload.id,
  account_id: payload.account_id,
  token: payload.card.token,
  time_zone: payload.time_zone,
  listed: payload.card.listed ?? null,
  price_unit: payload.card.price_unit ?? null,
  connector_numbers: numbersOf(payload),
  published_at: meta.occurredAt || new Date().toISOString(),
});
