import { DAY_MINUTES, partsOf, type RangePrice } from './price-bar';

/** Minutes since midnight by the clock of a zone. */
export function minuteOfDay(now: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone });
  const [hour = 0, minute = 0] = parts
    .formatToParts(now)
    .filter(({ type }) => type === 'hour' || type === 'minute')
    .map(({ value }) => Number(value));
  return (hour * 60 + minute) % DAY_MINUTES;
}

/** The price that is in force at a minute of the day. */
export const priceAt = (minute: number, base: string, ranges: readonly RangePrice[]): string =>
  partsOf(base, ranges).find(({ from, to }) => from <= minute && minute < to)?.price ?? base;
