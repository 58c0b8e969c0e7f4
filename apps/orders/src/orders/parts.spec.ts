import { s2 } from '@open-cpo/persistence';
import Big from 'big.js';
import fc from 'fast-check';
import { parts } from './parts';

describe('the parts of a sum', () => {
  it.each([
    [['0.004', '0.008', '0.008'], '0.02', ['0.00', '0.01', '0.01']],
    [['1.005', '1.005'], '2.01', ['1.01', '1.00']],
    [['3541.444556', '10215.70545'], '13757.15', ['3541.44', '10215.71']],
    [['0', '5'], '5.00', ['0.00', '5.00']],
    [[], '0.00', []],
  ])('%j of %s are %j', (amounts, sum, shown) => {
    expect(
      parts(
        amounts.map((one) => new Big(one)),
        sum,
      ),
    ).toEqual(shown);
  });

  it('add up to it, and are each within a cent of what they were', () => {
    const amount = fc.integer({ min: 0, max: 100_000_000 }).map((units) => new Big(units).div(100_000));
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 20 }), (amounts) => {
        const sum = s2(amounts.reduce((all, one) => all.plus(one), new Big(0)));
        const shown = parts(amounts, sum);
        expect(shown.reduce((all, one) => all.plus(one), new Big(0)).toFixed(2)).toBe(sum);
        amounts.forEach((one, at) =>
          expect(
            one
              .minus(shown[at] ?? 0)
              .abs()
              .lte('0.01'),
          ).toBe(true),
        );
      }),
    );
  });
});
