import { Injectable } from '@nestjs/common';
import { type EventType, type PayoutChanged, payoutChanged, type PayoutState } from '@open-cpo/contracts';
import { type BatchEvent, ConsumesBatch, isOf, type RejectedEvent } from '@open-cpo/events';
import { newsOf } from '../feed/news';
import { Publishing } from '../feed/publishing';

const TYPES: Record<PayoutState, EventType> = {
  pending: 'payout.requested',
  paied: 'payout.paid',
  failed: 'payout.failed',
};

/** Tells owners what becomes of their money. */
@Injectable()
export class PayoutsConsumer {
  constructor(private readonly publishing: Publishing) {}

  @ConsumesBatch([payoutChanged], { as: 'notifications-payouts', from: 'new', filter: payoutChanged.filter })
  async take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    const changed = events.filter((event) => isOf(event, payoutChanged));
    await this.publishing.publish(
      changed.map((event) => newsOf(event, TYPES[event.payload.status], shown(event.payload))),
    );
    return [];
  }
}

/** A payout in the words of the API's own rows, where the account is the one that the money goes to. */
const shown = ({ account_id: _owner, goes_to, ...payout }: PayoutChanged) => ({
  ...payout,
  payout_id: String(payout.id),
  account_id: goes_to,
});
