import { Injectable } from '@nestjs/common';
import { type ChargerFaulted, chargerFaulted, chargerRecovered } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { newsOf } from '../feed/news';
import type { News } from '../feed/news';
import { Publishing } from '../feed/publishing';

/** Tells owners of the faults of their chargers. */
@Injectable()
export class ChargersConsumer {
  constructor(private readonly publishing: Publishing) {}

  @ConsumesBatch([chargerFaulted, chargerRecovered], {
    as: 'notifications-chargers',
    from: 'new',
    filter: 'facts.chargers.faults.>',
  })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    await this.publishing.publish(events.flatMap(newsOfFault));
    return [];
  }
}

function newsOfFault(event: BatchEvent): News[] {
  if (isOf(event, chargerFaulted)) return [newsOf(event, 'charger.faulted', shown(event.payload))];
  return isOf(event, chargerRecovered) ? [newsOf(event, 'charger.recovered', shown(event.payload))] : [];
}

const shown = ({ account_id: _, charger_id: id, vendor_error_code = null, info = null, ...rest }: ChargerFaulted) => {
  const { identity: __, ...fault } = rest;
  return { id, ...fault, vendor_error_code, info };
};
