import { Injectable } from '@nestjs/common';
import { QueryGauges } from '@open-cpo/persistence';

const SESSIONS = `
  select count(*) filter (where ended_at is null) as open_cpo_charging_sessions_active,
    count(*) filter (where ended_at is not null) as open_cpo_charging_sessions_unsettled
  from sessions where not settled`;
const HELD = `select count(*) as open_cpo_charging_sessions_held from sessions where held`;
const REVIEW = `select count(*) as open_cpo_orders_held_for_review from orders where held`;
const FLAGGED = `select count(*) as open_cpo_orders_flagged from orders where flags <> '{}'`;
const WITHOUT_ORDER = `
  select count(*) as open_cpo_charging_sessions_without_order
  from sessions where not settled and order_id is null and first_heard_at < now() - interval '1 hour'`;
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
      gauges: {
        open_cpo_orders_held_for_review: 'Orders whose session is not plausible and that wait for an operator.',
      },
      query: REVIEW,
      goodFor: 60_000,
    });
    gauges.add({
      gauges: { open_cpo_orders_flagged: 'Orders with a flag, held or not.' },
      query: FLAGGED,
      goodFor: 60_000,
    });
    gauges.add({
      gauges: {
        open_cpo_charging_sessions_without_order: 'Sessions without a beginning or a known power center for an hour.',
      },
      query: WITHOUT_ORDER,
      goodFor: 60_000,
    });
    gauges.add({
      gauges: { open_cpo_orders: 'Orders of all accounts.' },
      query: ORDERS,
      goodFor: 60_000,
    });
  }
}
