import type { Stats, StatsToday } from '@open-cpo/contracts';
import { s2 } from '@open-cpo/persistence';
import Big from 'big.js';
import { dayIn } from '../charge-points/time-zone';

/** What was sold on a local day, by power centers of one zone. */
export interface SoldOnDay {
  readonly time_zone: string;
  readonly day: string;
  readonly orders: number;
  readonly minutes: string;
  readonly energy: string;
  readonly earnings_usd: string;
  /** Of these what was settled in the viewer's currency, in USD and in it: at the orders' own rates. */
  readonly own_usd: string;
  readonly own_amount: string;
}

const utc = (day: string): Date => new Date(`${day}T00:00:00Z`);
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

const daysBefore = (day: string, days: number): string => {
  const date = utc(day);
  date.setUTCDate(date.getUTCDate() - days);
  return dayOf(date);
};

/** The same day of the month before, or its last one where that month is shorter. */
export function monthBefore(day: string): string {
  const date = utc(day);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - 1);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return dayOf(date);
}

/** Days on which anything can have been sold that counts, whatever the zone. */
export function span(now: Date): [from: string, to: string] {
  const today = dayOf(now);
  return [monthBefore(daysBefore(today, 1)), daysBefore(today, -1)];
}

/** `2025-05-12` as `12-05-2025` (reference L2437). */
const shown = (day: string): string => day.split('-').reverse().join('-');

/** Whole local days from the window's first one to today, which each row judges by its own calendar (reference L2406). */
export function statsOf(rows: readonly SoldOnDay[], rate: string, zoneOfViewer: string, now: Date): Stats {
  const days = rows.map((row) => ({ ...row, today: dayIn(row.time_zone, now) }));
  const since = (start: (today: string) => string): StatsToday =>
    sums(
      days.filter(({ day, today }) => day >= start(today) && day <= today),
      rate,
    );
  const today = dayIn(zoneOfViewer, now);
  const week = (day: string): string => daysBefore(day, 7);
  return {
    today: since((day) => day),
    thisWeek: { ...since(week), date: shown(week(today)) },
    thisMonth: { ...since(monthBefore), date: shown(monthBefore(today)) },
  };
}

function sums(rows: readonly SoldOnDay[], rate: string): StatsToday {
  const sum = (part: 'minutes' | 'energy' | 'earnings_usd' | 'own_usd' | 'own_amount'): Big =>
    rows.reduce((total, row) => total.plus(row[part]), new Big(0));
  return {
    earnings: s2(sum('earnings_usd').minus(sum('own_usd')).times(rate).plus(sum('own_amount'))),
    chargingTime: s2(sum('minutes')),
    energyConsumed: s2(sum('energy')),
    ordersNb: rows.reduce((total, { orders }) => total + orders, 0),
  };
}

/** Tonnes of CO2, three decimals: kWh times tonnes a kWh. */
export const saved = (energy: string, tonnesPerKwh: number): number =>
  new Big(energy).times(tonnesPerKwh).round(3, Big.roundHalfUp).toNumber();
