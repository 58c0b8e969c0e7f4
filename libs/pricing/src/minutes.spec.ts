import { LocalClock } from './local-clock';
import { priceSession } from './price-session';
import type { PriceRange } from './session';
import { clockText, closingMinute, minuteOfDay } from './time-of-day';

const RANGES: PriceRange[] = [
  { id: 1, price: '1', starting: '00:00', ending: '02:30' },
  { id: 2, price: '3', starting: '02:30', ending: '07:45' },
  { id: 3, price: '5', starting: '18:00', ending: '23:59' },
];

describe('the minutes of a day', () => {
  it.each([
    ['00:00', 0, 0],
    ['09:02', 542, 542],
    ['09:02:59', 542, 542],
    ['23:58', 1438, 1438],
    ['23:59', 1439, 1440],
  ])('%s', (time, minute, closing) => {
    expect([minuteOfDay(time), closingMinute(time)]).toEqual([minute, closing]);
  });

  it('are written as they were read', () => {
    for (let minute = 0; minute < 1440; minute += 1) expect(minuteOfDay(clockText(minute))).toBe(minute);
  });
});

describe('a session priced minute by minute', () => {
  // Slow and plain: every minute is looked up on row-level security clock. The nights hold the changes of both clocks.
  it.each([
    ['Europe/Berlin', '2025-03-29T20:00:00Z'],
    ['Europe/Berlin', '2025-10-25T20:00:00Z'],
    ['America/New_York', '2025-11-02T01:00:00Z'],
    ['Australia/Lord_Howe', '2025-04-05T10:00:00Z'],
    ['Africa/Casablanca', '2025-03-30T00:00:00Z'],
    ['Asia/Kathmandu', '2025-06-01T15:00:00Z'],
  ])('costs the same in %s from %s', (timeZone, from) => {
    const begin = new Date(from).getTime();
    const clock = new LocalClock(timeZone);
    for (const minutes of [1, 59, 240, 777, 1500]) {
      let expected = 0;
      for (let i = 0; i < minutes; i += 1) {
        const minute = clock.minuteAt(begin + i * 60_000);
        const hit = RANGES.find((one) => minuteOfDay(one.starting) <= minute && minute < closingMinute(one.ending));
        expected += Number(hit?.price ?? '2');
      }
      const endedAt = new Date(begin + minutes * 60_000);
      const input = { startedAt: new Date(begin), endedAt, energyWh: '0', unit: 'minutes' as const, timeZone };
      expect(priceSession({ ...input, basePrice: '2', ranges: RANGES }).total).toBe(String(expected));
    }
  });
});
