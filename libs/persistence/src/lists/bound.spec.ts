import fc from 'fast-check';
import { boundOf } from './bound';

describe('the bound of a page', () => {
  it('is a power of two that the page fits in, and none that is twice as large as it need be', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (rows) => {
        const bound = boundOf(rows);
        expect(Number.isInteger(Math.log2(bound))).toBe(true);
        expect(bound).toBeGreaterThanOrEqual(rows);
        expect(bound).toBeLessThan(2 * Math.max(64, rows));
      }),
    );
  });

  it('makes few statements of all pages', () => {
    const bounds = new Set(Array.from({ length: 100_000 }, (_, page) => boundOf(15 * (page + 1))));
    expect(bounds.size).toBeLessThan(20);
  });
});
