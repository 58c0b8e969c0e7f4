import {
  DEFAULT_STATS_DAYS,
  FieldErrors,
  localDay,
  MOST_STATS_DAYS,
  type RankedPowerCenter,
  type Stats,
  type StatsDay,
  type StatsRange,
  type StatsSums,
  type StatsToday,
} from '@open-cpo/contracts';
import { s2 } from '@open-cpo/persistence';
import Big from 'big.js';

/** Days, both ends included, as `YYYY-MM-DD`. */
export type Span = readonly [from: string, to: string];

/** The currency that amounts are shown in, and its units for one US dollar. */
export interface Viewed {
  readonly currency: string;
  readonly rate: string;
}

/** What was sold on days. */
export interface Sold {
  readonly orders: number;
  readonly minutes: string;
  readonly energy: string;
  readonly earnings_usd: string;
  /** Of these what was settled in the viewer's currency, in USD and in it: at the orders' own rates. */
  readonly own_usd: string;
  readonly own_amount: string;
}

/** What was sold on a local day, by power centers of one zone. */
export interface SoldOnDay extends Sold {
  readonly time_zone: string;
  readonly day: string;
}

/** A power center with its place among all of its account's. */
export interface Ranked extends Sold {
  readonly id: number;
  readonly title: string;
  readonly place: number;
  readonly total: number;
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
  const days = rows.map((row) => ({ ...row, today: localDay(row.time_zone, now) }));
  const since = (start: (today: string) => string): StatsToday =>
    sums(
      days.filter(({ day, today }) => day >= start(today) && day <= today),
      rate,
    );
  const today = localDay(zoneOfViewer, now);
  const week = (day: string): string => daysBefore(day, 7);
  return {
    today: since((day) => day),
    thisWeek: { ...since(week), date: shown(week(today)) },
    thisMonth: { ...since(monthBefore), date: shown(monthBefore(today)) },
  };
}

function sums(rows: readonly Sold[], rate: string): StatsToday {
  const sum = (part: 'minutes' | 'energy' | 'earnings_usd' | 'own_usd' | 'own_amount'): Big =>
    rows.reduce((total, row) => total.plus(row[part]), new Big(0));
  return {
    earnings: s2(sum('earnings_usd').minus(sum('own_usd')).times(rate).plus(sum('own_amount'))),
    chargingTime: s2(sum('minutes')),
    energyConsumed: s2(sum('energy')),
    ordersNb: rows.reduce((total, { orders }) => total + orders, 0),
  };
}

/** Beyond them are years that the calendars of PostgreSQL and JavaScript write differently. */
const [FIRST_DAY, LAST_DAY] = ['2000-01-01', '2999-12-31'];

/**
 * The days that a request names.
 * @throws Refusal `validation_failed` when they are none, or too many
 */
export function rangeOf({ from, to, days }: StatsRange, today: string): Span {
  const last = to ?? today;
  const first = from ?? daysBefore(last, (days ?? DEFAULT_STATS_DAYS) - 1);
  const errors = new FieldErrors(['from', 'to', 'days']);
  for (const [field, day] of [
    ['from', first],
    ['to', last],
  ] as const) {
    if (day < FIRST_DAY || day > LAST_DAY)
      errors.add(field, `The ${field} field must be a day from ${FIRST_DAY} to ${LAST_DAY}.`);
  }
  if (from && days) errors.add('days', 'The days field is not allowed with from.');
  if (first > last) errors.add('to', 'The to field must be a date after or equal to from.');
  if (first < daysBefore(last, MOST_STATS_DAYS - 1)) {
    errors.add('from', `The from field must be at most ${MOST_STATS_DAYS} days before to.`);
  }
  errors.throwIfAny();
  return [first, last];
}

/** Sums, and what they saved; `factor`: tonnes of CO2 a kWh. */
export function totalOf(rows: readonly Sold[], rate: string, factor: number): StatsSums {
  const energy = rows.reduce((total, row) => total.plus(row.energy), new Big(0));
  return { ...sums(rows, rate), co2Saved: saved(energy.toFixed(), factor) };
}

/** Every day of a span with what was sold on it. */
export function daysOf(rows: readonly SoldOnDay[], rate: string, [from, to]: Span, factor: number): StatsDay[] {
  const byDay = new Map<string, SoldOnDay[]>();
  for (const row of rows) byDay.set(row.day, [...(byDay.get(row.day) ?? []), row]);
  const days: StatsDay[] = [];
  // Compared for equality: after the year 9999 a later day is a smaller text.
  for (let date = from; ; date = daysBefore(date, -1)) {
    days.push({ date, ...totalOf(byDay.get(date) ?? [], rate, factor) });
    if (date === to) break;
  }
  return days;
}

/** The upper half of a ranking, best first, and the lower one, worst first. */
export function halvesOf(rows: readonly Ranked[], rate: string): Record<'best' | 'worst', RankedPowerCenter[]> {
  const shown = ({ id, title, ...sold }: Ranked): RankedPowerCenter => ({ id, title, ...sums([sold], rate) });
  const isBest = ({ place, total }: Ranked): boolean => place <= (total + 1) / 2;
  return {
    best: rows.filter(isBest).map(shown),
    worst: rows
      .filter((row) => !isBest(row))
      .reverse()
      .map(shown),
  };
}

/** Tonnes of CO2, three decimals: kWh times tonnes a kWh. */
export const saved = (energy: string, tonnesPerKwh: number): number =>
  new Big(energy).times(tonnesPerKwh).round(3, Big.roundHalfUp).toNumber();
