import fc from 'fast-check';
import { Backoff } from './backoff';

describe('the pause before a restart', () => {
  it('doubles up to its cap', () => {
    const backoff = new Backoff({ firstMs: 500, capMs: 10_000, random: () => 1 });
    expect(Array.from({ length: 7 }, () => backoff.next())).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it('begins anew after a process has been well', () => {
    const backoff = new Backoff({ firstMs: 500, capMs: 10_000, random: () => 0 });
    backoff.next();
    backoff.next();
    backoff.reset();
    expect(backoff.next()).toBe(250);
  });

  it('is spread by chance, and never beyond its bounds', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(chance, fc.integer({ min: 0, max: 200 }), (random, failures) => {
        const backoff = new Backoff({ firstMs: 500, capMs: 10_000, random: () => random });
        let last = 0;
        for (let count = 0; count <= failures; count += 1) {
          last = backoff.next();
        }
        expect(last).toBeGreaterThanOrEqual(250);
        expect(last).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});
