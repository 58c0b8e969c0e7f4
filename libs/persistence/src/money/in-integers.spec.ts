import Big from 'big.js';
import fc from 'fast-check';
import { productOf } from './in-integers';

const exactly = (a: string, b: string): string => {
  const rounded = new Big(a).times(b).round(2, Big.roundHalfUp);
  return (rounded.eq(0) ? new Big(0) : rounded).toFixed(2);
};

/** Decimal texts as columns have them, with zeros at their end or without. */
const decimals = (digits: number, places: number) =>
  fc
    .tuple(
      fc.bigInt({ min: -(10n ** BigInt(digits)), max: 10n ** BigInt(digits) }),
      fc.integer({ min: 0, max: places }),
    )
    .map(([value, length]) => new Big(value.toString()).div(new Big(10).pow(length)).toFixed(length));

describe('a product by integers', () => {
  it.each([
    ['10', '136.209406', '1362.09'],
    ['0.50000000', '136.209406', '68.10'],
    ['0.005', '1', '0.01'],
    ['-0.005', '1', '-0.01'],
    ['-0.004', '1', '0.00'],
    ['0', '136.2', '0.00'],
    ['7', '1', '7.00'],
    ['1.005', '1.00000000', '1.01'],
    ['12.', '1', '12.00'],
  ])('%s times %s is %s', (a, b, product) => {
    expect(productOf(a, b)).toBe(product);
  });

  it.each([
    ['90071992547409', '1000'],
    ['123456789.12345678', '136.2094061'],
    ['1e5', '1'],
    ['', '1'],
    ['.5', '1'],
    ['1', 'NaN'],
    ['1234567890123456', '1'],
  ])('%s times %s is left to others', (a, b) => {
    expect(productOf(a, b)).toBeUndefined();
  });

  it('is what exact arithmetic says, or left to it', () => {
    let told = 0;
    fc.assert(
      fc.property(decimals(12, 8), decimals(9, 6), (a, b) => {
        const product = productOf(a, b);
        if (product === undefined) return;
        told += 1;
        expect(product).toBe(exactly(a, b));
      }),
      { numRuns: 2000 },
    );
    expect(told).toBeGreaterThan(100);
  });
});
