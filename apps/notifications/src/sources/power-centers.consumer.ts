import { Injectable } from '@nestjs/common';
import {
  chargePointChanged,
  type ChargePointRemoved,
  chargePointRemoved,
  chargerUnknown,
  connectorUnknown,
} from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';
import { newsOf, toldAt } from '../feed/news';
import type { News } from '../feed/news';
import { Publishing } from '../feed/publishing';
import { type Known, PowerCentersRepository } from './power-centers.repository';
import { differs, statusNews, statusOf } from './power-center.views';

/** Tells owners when the status of a power center or of its connectors has become another one. */
@Injectable()
export class PowerCentersConsumer {
  constructor(
    private readonly transactions: Transactions,
    private readonly repository: PowerCentersRepository,
    private readonly publishing: Publishing,
  ) {}

  /**
   * Events come in any order and more than once: of one power center only a later word than the last one counts, and the
   * first word of all says how it is, not that it has changed.
   */
  @ConsumesBatch([chargePointChanged, chargePointRemoved, connectorUnknown, chargerUnknown], {
    as: 'notifications-power-centers',
    filter: 'facts.stations.charge-points.>',
  })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const changes = events.filter((event) => isOf(event, chargePointChanged) || isOf(event, chargePointRemoved));
    const inTime = changes.sort((a, b) => Date.parse(toldAt(a)) - Date.parse(toldAt(b)));
    await this.transactions.run(async () => {
      const known = await this.repository.known([...new Set(changes.map(({ payload }) => payload.id))]);
      const news = inTime.flatMap((event) => heard(event, known));
      this.repository.keep([...known.values()]);
      await this.publishing.publish([...news, ...events.flatMap(unknownIn)]);
    });
    return [];
  }
}

/** What reports and is not known, as its owner may see it. */
function unknownIn(event: BatchEvent): News[] {
  if (isOf(event, connectorUnknown)) {
    const { id, connector_number, reported_at } = event.payload;
    return [newsOf(event, 'power_center.connector_unknown', { id, connector_number, reported_at })];
  }
  if (!isOf(event, chargerUnknown)) return [];
  const { token = null, charge_point_id = null, reported_at } = event.payload;
  return [newsOf(event, 'power_center.charger_unknown', { token, charge_point_id, reported_at })];
}

function heard(event: BatchEvent, known: Map<number, Known>): News[] {
  const { id, account_id } = event.payload as ChargePointRemoved;
  const told_at = new Date(toldAt(event));
  const before = known.get(id);
  if (before && (before.removed || before.told_at > told_at)) return [];
  if (isOf(event, chargePointRemoved)) {
    known.set(id, { id, account_id, told_at, removed: true, status: before?.status ?? null });
    return [newsOf(event, 'power_center.removed', { id })];
  }
  if (!isOf(event, chargePointChanged)) return [];
  const status = statusOf(event.payload);
  known.set(id, { id, account_id, told_at, removed: false, status });
  if (!before?.status || !differs(before.status, status)) return [];
  return [newsOf(event, 'power_center.status_changed', statusNews(event.payload, before.status))];
}
