import * as fc from 'fast-check';
import { mannWhitney, median } from './mann-whitney';

describe('two samples', () => {
  it('of the same values are no different', () => {
    const same = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(mannWhitney(same, same)).toBeCloseTo(1, 5);
    expect(mannWhitney([1, 1, 1], [1, 1, 1])).toBe(1);
  });

  it('apart from each other are different', () => {
    const early = Array.from({ length: 30 }, (_, n) => n);
    expect(
      mannWhitney(
        early,
        early.map((value) => value + 100),
      ),
    ).toBeLessThan(1e-9);
  });

  it('have the chance that is worked out by hand', () => {
    // U = 21 of 64, expected 32, standard deviation 9.522: z = (11 - 0.5) / 9.522 = 1.1027.
    const a = [1.1, 2.2, 3.3, 4.4, 5.5, 6.6, 7.7, 8.8];
    const b = [3.1, 4.2, 5.3, 6.4, 7.5, 8.6, 9.7, 10.8];
    expect(mannWhitney(a, b)).toBeCloseTo(0.2702, 3);
  });

  it('are compared alike from both sides, whatever their unit', () => {
    const sample = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 3, maxLength: 40 });
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const chance = mannWhitney(a, b);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(mannWhitney(b, a)).toBeCloseTo(chance, 9);
        expect(
          mannWhitney(
            a.map((x) => x * 10),
            b.map((x) => x * 10),
          ),
        ).toBeCloseTo(chance, 9);
      }),
    );
  });

  it('that one late answer is in are not different for it', () => {
    const even = Array.from({ length: 40 }, (_, n) => 10 + (n % 7));
    expect(mannWhitney(even, [...even.slice(1), 10_000])).toBeGreaterThan(0.5);
  });
});

it.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[], 0],
])('the middle of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});
