import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import {
  type ChargePointChanged,
  chargePointChanged,
  type ChargePointPricesChanged,
  chargePointPricesChanged,
  type ChargePointRemoved,
  chargePointRemoved,
} from '@open-cpo/contracts';
import { Batches, type BatchEvent, isOf, type Unfit } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { HeldSessions } from '../sessions/held-sessions';
import { ChargePointsRepository } from './charge-points.repository';
import type { Tariff } from './tariff';

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
      facts: [chargePointChanged, chargePointRemoved, chargePointPricesChanged],
      filter: 'facts.stations.charge-points.>',
      handle: (events) => this.take(events),
    });
  }

  private async take(events: readonly BatchEvent[]): Promise<readonly Unfit[]> {
    const changed = new Map<number, ReturnType<typeof rowOf>>();
    const tariffs = new Map<string, object>();
    const removed: object[] = [];
    for (const event of events) {
      if (isOf(event, chargePointChanged)) keepLatest(changed, rowOf(event));
      if (isOf(event, chargePointRemoved)) removed.push(removalOf(event));
      if (isOf(event, chargePointPricesChanged)) tariffs.set(...tariffOf(event));
    }
    await this.transactions.run(async () => {
      await this.repository.keep([...changed.values()]);
      await this.repository.remove(removed);
      await this.repository.keepTariffs([...tariffs.values()]);
    });
    // Sessions may have waited for a power center that nobody knew.
    this.held.poke();
    return [];
  }
}

const momentOf = ({ meta }: BatchEvent): string => meta.occurredAt || new Date().toISOString();

/** What is kept of what stations tells. */
export const shownOf = ({ id, account_id, time_zone, price, connectors, card }: ChargePointChanged) => {
  const { identifier, token } = card;
  return { id, account_id, identifier, token, time_zone, price, connectors, card };
};

const rowOf = (event: BatchEvent<ChargePointChanged>) => ({ ...shownOf(event.payload), told_at: momentOf(event) });

const removalOf = (event: BatchEvent<ChargePointRemoved>) => ({ id: event.payload.id, told_at: momentOf(event) });

const tariffOf = ({ payload }: BatchEvent<ChargePointPricesChanged>): [string, object] => {
  const tariff: Tariff = {
    unit: payload.price_unit,
    time_zone: payload.time_zone,
    base_usd: payload.price_usd,
    ranges: payload.ranges,
    limit_type: payload.session_limit_type,
    limit_value: payload.session_limit_value,
  };
  const { id: charge_point_id, valid_from } = payload;
  return [`${charge_point_id} ${valid_from}`, { charge_point_id, valid_from, tariff }];
};

function keepLatest<T extends { id: number; told_at: string }>(rows: Map<number, T>, row: T): void {
  const other = rows.get(row.id);
  if (!other || other.told_at <= row.told_at) rows.set(row.id, row);
}
