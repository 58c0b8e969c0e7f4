import { decimalsOf, inUnits } from './decimals';

describe('amounts in the smallest unit of their currency', () => {
  it.each([
    ['1292.13', 'JPY', '1292'],
    ['0.5', 'JPY', '1'],
    ['6.0271', 'JOD', '6.027'],
    ['6.0271', 'KWD', '6.027'],
    ['6.0271', 'EUR', '6.03'],
    ['-0.001', 'USD', '0.00'],
    ['1', 'XXX', '1.00'],
  ])('%s %s is %s', (amount, currency, shown) => {
    expect(inUnits(amount, currency)).toBe(shown);
  });

  it('have two decimals where nothing else is known', () => {
    expect(['USD', 'EUR', 'DZD', 'XYZ'].map(decimalsOf)).toEqual([2, 2, 2, 2]);
  });
});
