import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needOf, ratesOf } from './model';
import { ASSUMPTIONS, capacityOptions, SIZES } from './options';
import { withReport } from './report';

describe('what chargers need', () => {
  it('is in docs/capacity.md as the calculator prints it', () => {
    const page = readFileSync(join(__dirname, '../../docs/capacity.md'), 'utf8');
    expect(page).toBe(withReport(page));
  });

  it('follows from what they do', () => {
    const { session, reading, heartbeat } = ratesOf(86_400, {
      ...ASSUMPTIONS,
      sessionsPerDay: 2,
      heartbeatSeconds: 100,
    });
    expect([session, heartbeat]).toEqual([2, 864]);
    // A session of 45 minutes has a reading each minute between its begin and its end.
    expect(reading).toBe(2 * 44);
  });

  it('grows with their number, and has three replicas of each app at least', () => {
    const [small, , large] = SIZES.map((chargers) => needOf(chargers, ASSUMPTIONS));
    const cores = (need: typeof small) => need?.processes.reduce((sum, one) => sum + one.cores, 0) ?? 0;
    expect(cores(large) / cores(small)).toBeCloseTo(100, 0);
    for (const { replicas = 3 } of small?.processes ?? []) expect(replicas).toBeGreaterThanOrEqual(3);
    expect(large?.stored.every(({ monthlyGib, rollingGib }) => monthlyGib + rollingGib > 0)).toBe(true);
  });

  it('takes every assumption as an option, and refuses others', () => {
    const { chargers, assumptions } = capacityOptions(['--chargers', '500,1000', '--session-minutes', '20.5']);
    expect([chargers, assumptions.sessionMinutes, assumptions.peak]).toEqual([[500, 1000], 20.5, ASSUMPTIONS.peak]);
    for (const wrong of [
      ['--peak', '0'],
      ['--peak', 'x'],
      ['--chargers', '-1'],
      ['--years', '3'],
    ])
      expect(() => capacityOptions(wrong)).toThrow();
  });
});
