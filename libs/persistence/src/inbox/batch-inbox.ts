import { Injectable } from '@nestjs/common';
import type { BatchEvent, RejectedEvent } from '@open-cpo/events';
import { Transactions } from '../transactions/transactions';

const FRESH = `
  insert into inbox (consumer, event_id)
  select $1, event_id from unnest($2::text[]) as e (event_id) order by event_id
  on conflict do nothing returning event_id`;

const FORGET = 'delete from inbox where consumer = $1 and event_id = any($2::text[])';

/** Remembers the events of a batch in the transaction of their effect. */
@Injectable()
export class BatchInbox {
  constructor(private readonly transactions: Transactions) {}

  /** Those that had no effect yet; of several with one id the first, as it would be in batches of their own. */
  async fresh<E extends BatchEvent>(consumer: string, events: readonly E[]): Promise<E[]> {
    const byId = new Map<string, E>();
    for (const event of events) if (!byId.has(event.meta.eventId)) byId.set(event.meta.eventId, event);
    const params = [consumer, [...byId.keys()]];
    const rows = await this.transactions.query<{ event_id: string }>(FRESH, params, 'inbox.fresh');
    const fresh = new Set(rows.map(({ event_id }) => event_id));
    return [...byId.values()].filter(({ meta }) => fresh.has(meta.eventId));
  }

  /** A dead-lettered event has none: published again it is new. */
  async forget(consumer: string, rejectedEvents: readonly Pick<RejectedEvent, 'eventId'>[]): Promise<void> {
    const ids = rejectedEvents.map(({ eventId }) => eventId);
    if (ids.length > 0) await this.transactions.query(FORGET, [consumer, ids], 'inbox.forget');
  }
}
