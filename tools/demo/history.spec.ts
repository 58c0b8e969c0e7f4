import { accept } from '@open-cpo/contracts';
import type { PowerCenter } from './api';
import { history } from './history';
import { demoOptions } from './options';
import { Random } from './random';
import { eventsOf } from './session';

const NOW = new Date('2026-03-10T12:00:00Z');
const powerCenter = (id: number, more: Partial<PowerCenter> = {}): PowerCenter => ({
  id,
  title: `Power center ${id}`,
  token: `EV_CHARGER_${id}`,
  configured: 1,
  connectors: [{ number: 1, max_power: id % 2 ? 22 : 150 }],
  ...more,
});
const cards = [
  { rfid: '04A1B2C3', expire_at: '2026-12-31' },
  { rfid: '04DEADBEEF', expire_at: '2026-01-31' },
];
const scene = {
  accountId: 1,
  powerCenters: [powerCenter(1), powerCenter(2), powerCenter(3, { configured: 0 })],
  cards,
};
const make = (days = 90) => history({ ...scene, sessionsADay: 24 }, days, NOW);

describe('the demo’s history', () => {
  it('is the same each time', () => {
    expect(make()).toEqual(make());
    expect(make().length).toBeGreaterThan(1500);
  });

  it('is over before now, in order, and each session has its own name', () => {
    const sessions = make();
    const begins = sessions.map(({ begin }) => begin.getTime());
    expect(begins).toEqual([...begins].sort((a, b) => a - b));
    expect(sessions.every(({ begin, minutes }) => begin.getTime() + minutes * 60_000 < NOW.getTime())).toBe(true);
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(sessions.length);
  });

  it('is busier in the evening than at night, and quieter on Fridays than on Thursdays', () => {
    const count = (of: (begin: Date) => boolean) => make().filter(({ begin }) => of(begin)).length;
    expect(count((begin) => begin.getUTCHours() === 18)).toBeGreaterThan(
      2 * count((begin) => begin.getUTCHours() === 3),
    );
    expect(count((begin) => begin.getUTCDay() === 4)).toBeGreaterThan(count((begin) => begin.getUTCDay() === 5));
  });

  it('has cash with cards that were valid on the day, and none at power centers that never were online', () => {
    const sessions = make();
    const cash = sessions.filter(({ rfid }) => rfid !== null);
    expect(cash.length).toBeGreaterThan(50);
    const late = cash.filter(({ begin }) => begin > new Date('2026-02-01')).map(({ rfid }) => rfid);
    expect(new Set(late)).toEqual(new Set(['04A1B2C3']));
    expect(sessions.some(({ token }) => token === 'EV_CHARGER_3')).toBe(false);
  });

  it('is published as events that the platform understands', () => {
    const events = make(10).flatMap(eventsOf);
    for (const { domainEvent, payload } of events)
      expect(accept(domainEvent.payload, payload).errors.toMap()).toEqual({});
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(events.map(({ domainEvent }) => domainEvent.subject)).size).toBe(4);
  });

  it('of an account without power centers is empty', () => {
    expect(history({ ...scene, powerCenters: [], sessionsADay: 5 }, 10, NOW)).toEqual([]);
  });
});

describe('the options of the demo', () => {
  it('are a number of days and where the platform is', () => {
    expect(demoOptions([])).toEqual({ url: 'http://localhost:3000', days: 90, orders: undefined });
    expect(demoOptions(['--orders', '1000', '--url', 'http://x/'])).toMatchObject({ orders: 1000, url: 'http://x' });
  });

  it.each([[['--orders', '0']], [['--days', 'x']], [['--nonsense']]])('are not %j', (args) => {
    expect(() => demoOptions(args)).toThrow();
  });
});

describe('chance', () => {
  it('is evenly spread and respects weights', () => {
    const random = new Random(1);
    const all = Array.from({ length: 10_000 }, () => random.next());
    expect(all.reduce((sum, one) => sum + one, 0) / all.length).toBeCloseTo(0.5, 1);
    const drawn = Array.from({ length: 1000 }, () => random.weighted([0, 3, 1]));
    expect(drawn.filter((one) => one === 0)).toHaveLength(0);
    expect(drawn.filter((one) => one === 1).length).toBeGreaterThan(drawn.filter((one) => one === 2).length);
    expect(() => random.of([])).toThrow();
  });
});
