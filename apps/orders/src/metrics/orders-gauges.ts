import { Injectable } from '@nestjs/common';
import { QueryGauges } from '@open-cpo/persistence';

const SESSIONS = `
  select count(*) filter (where ended_at is null) as open_cpo_charging_sessions_active,
    count(*) filter (where ended_at is not null) as open_cpo_charging_sessions_unsettled
  from sessions where not settled`;
const HELD = `select count(*) as open_cpo_charging_sessions_held from sessions where held`;
const ORDERS = `select coalesce(sum(orders), 0) as open_cpo_orders from account_totals`;

/** What orders shows of its business. */
@Injectable()
export class OrdersGauges {
  constructor(gauges: QueryGauges) {
    gauges.add({
      gauges: {
        open_cpo_charging_sessions_active: 'Charging sessions that have not ended.',
        open_cpo_charging_sessions_unsettled: 'Charging sessions that have ended and may still change.',
      },
      query: SESSIONS,
    });
    gauges.add({
      gauges: { open_cpo_charging_sessions_held: 'Sessions that wait for their power center to be known.' },
      query: HELD,
    });
    gauges.add({
      gauges: { open_cpo_orders: 'Orders of all accounts.' },
      query: ORDERS,
      goodFor: 60_000,
    });
  }
}
