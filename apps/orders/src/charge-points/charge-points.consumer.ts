import { Injectable } from '@nestjs/common';
import {
  type ChargePointChanged,
  chargePointChanged,
  type ChargePointPricesChanged,
  chargePointPricesChanged,
  type ChargePointRemoved,
  chargePointRemoved,
} from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';
import { HeldSessions } from '../sessions/held-sessions';
import { ChargePointsRepository } from './charge-points.repository';
import { tariffOf } from './tariff.rules';

/** Projection of power centers from stations. A repeated or late event changes nothing, so there is no inbox. */
@Injectable()
export class ChargePointsConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: ChargePointsRepository,
    private readonly held: HeldSessions,
  ) {}

  @ConsumesBatch([chargePointChanged, chargePointRemoved, chargePointPricesChanged], {
    as: 'orders-charge-points',
    filter: 'facts.stations.charge-points.>',
  })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const changed = new Map<number, ReturnType<typeof rowOf>>();
    const tariffs = new Map<string, object>();
    const created = new Map<number, string>();
    const removed: object[] = [];
    for (const event of events) {
      if (isOf(event, chargePointChanged)) {
        keepLatest(changed, rowOf(event));
        keepEarliest(created, event.payload.id, momentOf(event));
      }
      if (isOf(event, chargePointRemoved)) removed.push(removalOf(event));
      if (isOf(event, chargePointPricesChanged)) tariffs.set(...versionOf(event));
    }
    await this.transactions.run(async () => {
      this.repository.keep([...changed.values()]);
      this.repository.created([...created].map(([id, created_at]) => ({ id, created_at })));
      this.repository.remove(removed);
      this.repository.keepTariffs([...tariffs.values()]);
    });
    // Sessions may have waited for this power center.
    this.held.poke();
    return [];
  }
}

const momentOf = ({ meta }: BatchEvent): string => meta.occurredAt || new Date().toISOString();

/** What is stored of the events of stations. */
export const shownOf = ({ id, account_id, time_zone, price, connectors, card }: ChargePointChanged) => {
  const { identifier, token } = card;
  return { id, account_id, identifier, token, time_zone, price, connectors, card };
};

const rowOf = (event: BatchEvent<ChargePointChanged>) => {
  const told_at = momentOf(event);
  return { ...shownOf(event.payload), created_at: told_at, told_at };
};

const removalOf = (event: BatchEvent<ChargePointRemoved>) => ({ id: event.payload.id, told_at: momentOf(event) });

const versionOf = ({ payload }: BatchEvent<ChargePointPricesChanged>): [string, object] => {
  const { id: charge_point_id, valid_from } = payload;
  return [`${charge_point_id} ${valid_from}`, { charge_point_id, valid_from, tariff: tariffOf(payload) }];
};

function keepEarliest(moments: Map<number, string>, id: number, moment: string): void {
  const other = moments.get(id);
  if (other === undefined || moment < other) moments.set(id, moment);
}

function keepLatest<T extends { id: number; told_at: string }>(rows: Map<number, T>, row: T): void {
  const other = rows.get(row.id);
  if (!other || other.told_at <= row.told_at) rows.set(row.id, row);
}
