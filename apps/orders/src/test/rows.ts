import type { Tariff } from '../charge-points/tariff';
import type { StartedSession } from '../sessions/session';
import { BEGIN } from './session';

/** 2 USD a minute, at all times and without a limit. */
export const tariff = (more: Partial<Tariff> = {}): Tariff => ({
  unit: 'minutes',
  time_zone: 'Africa/Algiers',
  base_usd: '2',
  ranges: [],
  limit_type: null,
  limit_value: 0,
  ...more,
});

/** A session as it is stored, which goes on. */
export const sessionRow = (more: Partial<StartedSession> = {}): StartedSession => ({
  session_id: 's',
  started_at: BEGIN,
  start_event_id: null,
  start_stored_at: null,
  charge_point_id: 1,
  token: null,
  connector_number: 1,
  driver_id: 7,
  rfid: null,
  payment: 'electronic',
  requested_quantity: 'FULL',
  requested_unit: null,
  start_wh: '500.000',
  ended_at: null,
  end_wh: null,
  end_event_id: null,
  end_stored_at: null,
  silent_at: null,
  card: 'none',
  worker_id: null,
  order_id: 1,
  first_heard_at: BEGIN,
  settled: false,
  ...more,
});
