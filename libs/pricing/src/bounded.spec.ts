import Big from 'big.js';
import fc from 'fast-check';
import { LocalClock } from './local-clock';
import { periodsOf } from './periods';
import { MAX_SESSION_DAYS, MAX_SLICES, priceSession } from './price-session';
import type { PriceRange } from './session';
import { clockText, closingMinute, minuteOfDay } from './time-of-day';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
];
const FAR_ZONES = ['Pacific/Kiritimati', 'Pacific/Apia', 'America/St_Johns', 'Africa/Cairo', 'Antarctica/Troll'];

/** The reference: local times are looked up minute by minute, one after the other. */
function minuteByMinute(from: number, minutes: number, timeZone: string, ranges: readonly PriceRange[]) {
  const clock = new LocalClock(timeZone);
  const walked: { range: PriceRange | null; from: number; to: number; fromMinute: number }[] = [];
  for (let at = from; at < from + minutes * MINUTE; at += MINUTE) {
    const minute = clock.minuteAt(at);
    const holds = (one: PriceRange) => minuteOfDay(one.starting) <= minute && minute < closingMinute(one.ending);
    const range = ranges.find(holds) ?? null;
    const last = walked.at(-1);
    if (last && last.range === range) last.to = at + MINUTE;
    else walked.push({ range, from: at, to: at + MINUTE, fromMinute: minute });
  }
  return walked;
}

const hourly: PriceRange[] = Array.from({ length: 24 }, (_, hour) => ({
  id: hour + 1,
  price: String(1 + (hour % 2)),
  starting: clockText(hour * 60),
  ending: clockText(hour === 23 ? 1439 : (hour + 1) * 60),
}));

const ranges = fc.uniqueArray(fc.integer({ min: 0, max: 1439 }), { minLength: 2, maxLength: 8 }).map((minutes) => {
  const sorted = [...minutes].sort((a, b) => a - b);
  return sorted.slice(1).flatMap((ending, index) => {
    const starting = sorted[index] ?? 0;
    return index % 3 === 2 ? [] : [{ id: index, price: '1', starting: clockText(starting), ending: clockText(ending) }];
  });
});

describe('the periods of a session', () => {
  it('are those of a walk over every minute, also when the clock changes', () => {
    const moments = fc.integer({ min: Date.UTC(2008, 0, 1) / MINUTE, max: Date.UTC(2027, 0, 1) / MINUTE });
    const zones = fc.constantFrom(...ZONES, ...FAR_ZONES);
    const session = fc.tuple(moments, fc.integer({ min: 1, max: 3 * 1440 }), zones, ranges);
    fc.assert(
      fc.property(session, ([at, minutes, timeZone, some]) => {
        const from = at * MINUTE;
        const clock = new LocalClock(timeZone);
        const periods = periodsOf(from, from + minutes * MINUTE, clock, some);
        expect(periods).toEqual(minuteByMinute(from, minutes, timeZone, some));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['Europe/Berlin', '2025-03-29T12:00:00Z'],
    ['Europe/Berlin', '2025-10-25T12:00:00Z'],
    ['Australia/Lord_Howe', '2025-04-05T10:00:00Z'],
    ['Africa/Casablanca', '2025-02-22T20:00:00Z'],
    ['Pacific/Apia', '2011-12-29T06:00:00Z'],
  ])('are those of a walk over every minute in %s from %s', (timeZone, begin) => {
    const from = Date.parse(begin);
    const periods = periodsOf(from, from + 2 * DAY, new LocalClock(timeZone), hourly);
    expect(periods).toEqual(minuteByMinute(from, 2880, timeZone, hourly));
  });
});

describe('a session that no charger can have had', () => {
  const absurd = (from: string, to: string, unit: 'minutes' | 'energy' = 'minutes') => ({
    startedAt: new Date(from),
    endedAt: new Date(to),
    energyWh: '987654321',
    unit,
    timeZone: 'Europe/Berlin',
    basePrice: '2',
    ranges: hourly,
  });

  it.each([
    ['1970-01-01T00:00:23Z', '2026-07-01T00:00:00Z'],
    ['0014-11-18T10:00:00Z', '2026-07-01T00:00:00Z'],
    ['0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z'],
    ['2026-01-01T00:00:00Z', '+275760-09-13T00:00:00Z'],
  ])('is priced for a bounded time, in few slices: %s to %s', (from, to) => {
    const asked = jest.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');
    const { quantity, slices, total } = priceSession(absurd(from, to));
    expect(asked.mock.calls.length).toBeLessThan(MAX_SESSION_DAYS + 200);
    asked.mockRestore();
    expect(Number(quantity)).toBe(MAX_SESSION_DAYS * 1440);
    expect(slices.length).toBeLessThanOrEqual(MAX_SLICES);
    expect(slices.reduce((sum, one) => sum.plus(one.total), new Big(0)).toFixed()).toBe(total);
    expect(slices[0]).toMatchObject({ startingTime: expect.stringMatching(/:00$/) as string });
  });

  it('sells the energy of the bounded time with many readings in few slices', () => {
    const session = absurd('1970-01-01T00:00:23Z', '2026-07-01T00:00:00Z', 'energy');
    const begin = session.startedAt.getTime();
    const meterValues = Array.from({ length: 100_000 }, (_, index) => ({
      at: new Date(begin + index * 5 * MINUTE),
      energyWh: String(index * 10),
    }));
    const { quantity, slices } = priceSession({ ...session, meterValues });
    expect(quantity).toBe('987654.3210');
    expect(slices).toHaveLength(24);
  });

  it('is refused when it has no dates', () => {
    expect(() => priceSession(absurd('never', '2026-07-01T00:00:00Z'))).toThrow(RangeError);
  });
});

describe('energy between two readings', () => {
  it('is exact to its last decimal at a boundary', () => {
    const { slices } = priceSession({
      startedAt: new Date('2025-05-12T07:07:00Z'),
      endedAt: new Date('2025-05-12T08:43:00Z'),
      energyWh: '9000',
      unit: 'energy',
      timeZone: 'UTC',
      basePrice: '1',
      ranges: [{ id: 1, price: '2', starting: '08:00', ending: '20:00' }],
    });
    expect(slices.map(({ quantity }) => quantity)).toEqual(['4.9688', '4.0312']);
  });
});
