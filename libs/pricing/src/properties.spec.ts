import Big from 'big.js';
import fc from 'fast-check';
import { priceSession } from './price-session';
import type { PriceRange, Session } from './session';
import { clockText } from './time-of-day';

const MINUTE = 60_000;
const YEAR = Date.UTC(2025, 0, 1);
const ZONES = ['UTC', 'Africa/Algiers', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'];

const prices = fc.integer({ min: 0, max: 1_000_000 }).map((cents) => (cents / 10_000).toFixed(8));
const boundaries = fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 2, maxLength: 8 });

/** Ranges without overlap, some of them side by side. */
const ranges: fc.Arbitrary<PriceRange[]> = fc
  .tuple(
    boundaries,
    fc.array(prices, { minLength: 8, maxLength: 8 }),
    fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
  )
  .map(([minutes, price, there]) => {
    const sorted = [...minutes].sort((a, b) => a - b);
    return sorted.slice(1).flatMap((ending, index) => {
      const starting = sorted[index] ?? 0;
      if (!there[index]) return [];
      return [{ id: index + 1, price: price[index] ?? '0', starting: clockText(starting), ending: clockText(ending) }];
    });
  });

const sessions: fc.Arbitrary<Session> = fc
  .record({
    at: fc.integer({ min: 0, max: 365 * 24 * 3600 }),
    seconds: fc.integer({ min: 0, max: 60 * 3600 }),
    energyWh: fc.integer({ min: 0, max: 9_000_000 }),
    readings: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 9_000_000 }))),
    unit: fc.constantFrom('minutes' as const, 'energy' as const),
    timeZone: fc.constantFrom(...ZONES),
    basePrice: prices,
    ranges,
    limit: fc.option(
      fc.record({
        type: fc.constantFrom('minutes' as const, 'energy' as const),
        value: fc.integer({ min: 0, max: 3000 }),
      }),
    ),
  })
  .map(({ at, seconds, energyWh, readings, ...rest }) => {
    const begin = YEAR + at * 1000;
    return {
      ...rest,
      startedAt: new Date(begin),
      endedAt: new Date(begin + seconds * 1000),
      energyWh: (energyWh / 100).toFixed(2),
      meterValues: readings.map(([share, wh]) => ({
        at: new Date(begin + Math.round(share * seconds * 1000)),
        energyWh: (wh / 100).toFixed(2),
      })),
    };
  });

const sum = (values: readonly string[]): string => values.reduce((so, one) => so.plus(one), new Big(0)).toFixed();
const holds = (property: (session: Session) => void): void =>
  fc.assert(fc.property(sessions, property), { numRuns: 300 });

describe('whatever the session and the prices', () => {
  it('the slices add up to the session, each to its price', () => {
    holds((session) => {
      const { quantity, slices, total } = priceSession(session);
      expect(sum(slices.map((one) => one.quantity))).toBe(new Big(quantity).toFixed());
      expect(sum(slices.map((one) => one.total))).toBe(total);
      for (const one of slices) expect(new Big(one.quantity).times(one.price).toFixed()).toBe(one.total);
    });
  });

  it('the session is as much as was drawn, up to its limit', () => {
    holds((session) => {
      const { unit, limit, startedAt, endedAt, energyWh } = session;
      const drawn =
        unit === 'minutes'
          ? Math.floor((endedAt.getTime() - startedAt.getTime()) / MINUTE)
          : Number(new Big(energyWh).div(1000).round(4).toFixed());
      const quantity = Number(priceSession(session).quantity);
      if (!limit?.value) expect(quantity).toBe(drawn);
      else if (limit.type === unit) expect(quantity).toBe(Math.min(drawn, Number(limit.value)));
      else expect(quantity).toBeLessThanOrEqual(drawn);
    });
  });

  it('no slice is negative', () => {
    holds((session) => {
      const { slices } = priceSession(session);
      expect(slices.length).toBeGreaterThan(0);
      for (const one of slices) expect(Number(one.quantity)).toBeGreaterThanOrEqual(0);
    });
  });

  it('a boundary between two that cost the same can be anywhere, or nowhere', () => {
    fc.assert(
      fc.property(sessions, boundaries, (session, minutes) => {
        const [from, left, right, to] = [...minutes, 0, 1, 2, 3].slice(0, 4).sort((a, b) => a - b) as [
          number,
          number,
          number,
          number,
        ];
        const priced = (...ends: number[]) => {
          const parts = ends.slice(1).flatMap((ending, index) => {
            const starting = ends[index] ?? 0;
            return starting < ending
              ? [{ id: index + 1, price: '1.23456789', starting: clockText(starting), ending: clockText(ending) }]
              : [];
          });
          const { quantity, total } = priceSession({ ...session, ranges: parts });
          return { quantity, total };
        };
        // 23:59 within a chain would be the end of the day.
        fc.pre(new Set([from, left, right, to]).size === 4 && right < 1439);
        expect(priced(from, left, to)).toEqual(priced(from, right, to));
        expect(priced(from, left, to)).toEqual(priced(from, to));
      }),
      { numRuns: 300 },
    );
  });

  it('ranges that cost what the base costs are no ranges', () => {
    holds((session) => {
      const same = session.ranges.map((range) => ({ ...range, price: session.basePrice }));
      const { quantity, total } = priceSession({ ...session, ranges: same });
      const plain = priceSession({ ...session, ranges: [] });
      expect({ quantity, total }).toEqual({ quantity: plain.quantity, total: plain.total });
    });
  });

  it('the order of the ranges says nothing', () => {
    holds((session) => {
      const turned = { ...session, ranges: [...session.ranges].reverse() };
      expect(priceSession(turned)).toEqual(priceSession(session));
    });
  });
});
