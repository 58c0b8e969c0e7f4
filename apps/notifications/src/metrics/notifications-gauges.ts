import { Injectable } from '@nestjs/common';
import { QueryGauges } from '@open-cpo/persistence';

/** By an estimate: counting events would read them. */
const EVENTS = `
  select greatest(reltuples, 0) as open_cpo_feed_events,
    coalesce((select extract(epoch from now() - min(kept_at)) from events), 0) as open_cpo_feed_oldest_seconds
  from pg_class where oid = 'events'::regclass`;

/** What notifications shows of its business. */
@Injectable()
export class NotificationsGauges {
  constructor(gauges: QueryGauges) {
    gauges.add({
      gauges: {
        open_cpo_feed_events: 'Events that feeds can be resumed from, about.',
        open_cpo_feed_oldest_seconds: 'Age of the oldest of them.',
      },
      query: EVENTS,
      goodFor: 60_000,
    });
  }
}
