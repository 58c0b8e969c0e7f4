import { type Owned, RlsTables } from '@open-cpo/persistence';

/** A second wall under the filters of every query about events and webhooks. */
export class Wall1763900200000 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    feeds: { column: 'account_id' },
    events: { column: 'account_id' },
    feed_tickets: { column: 'account_id' },
    power_centers: { column: 'account_id' },
    webhooks: { column: 'account_id' },
    webhook_deliveries: { column: 'account_id' },
  };
}
