import { sessionCompleted, sessionMetered, sessionStarted } from '@open-cpo/contracts';
import { type Orders, say } from './orders';

/** Sessions begin at this moment unless a test says otherwise. */
export const BEGIN = new Date('2025-01-08T07:33:27.000Z');
export const after = (minutes: number): string => new Date(BEGIN.getTime() + minutes * 60_000).toISOString();

export const startedAt = (session_id: string, more: object = {}) => ({
  version: 1,
  session_id,
  charge_point_id: 1,
  connector_number: 1,
  driver_id: 7,
  requested_quantity: '10',
  meter_wh: 0,
  time: after(0),
  ...more,
});
export const meteredAt = (session_id: string, minutes: number, meter_wh: number) => ({
  version: 1,
  session_id,
  meter_wh,
  time: after(minutes),
});
export const endedAt = (session_id: string, minutes: number, meter_wh: number | null = null) => ({
  version: 1,
  session_id,
  meter_wh,
  time: after(minutes),
});

export const start = (own: Orders, id: string, more: object = {}) => say(own, sessionStarted, startedAt(id, more));
export const meter = (own: Orders, id: string, minutes: number, wh: number) =>
  say(own, sessionMetered, meteredAt(id, minutes, wh));
export const end = (own: Orders, id: string, minutes: number, wh: number | null = null) =>
  say(own, sessionCompleted, endedAt(id, minutes, wh));
