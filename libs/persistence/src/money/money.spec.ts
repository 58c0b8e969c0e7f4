import fc from 'fast-check';
import { fromUsd, s2, s4, toUsd } from './money';

const DINAR = '136.209406';

describe('amounts in the currency of the viewer', () => {
  it.each([
    ['10', '1362.09'],
    ['4767.33', '649355.19'],
    ['125', '17026.18'],
    ['97', '13212.31'],
    ['7', '953.47'],
    ['-7', '-953.47'],
    ['19', '2587.98'],
    ['17', '2315.56'],
    ['0.50', '68.10'],
    ['4767', '649310.24'],
  ])('shows %s USD as %s dinars, as the reference does', (usd, shown) => {
    expect(fromUsd(usd, DINAR)).toBe(shown);
  });

  it('shows USD as they are', () => {
    expect(fromUsd('10.00000000', 1)).toBe('10.00');
  });

  it('shows an entered amount back exactly, whatever the currency', () => {
    const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    const rate = fc.integer({ min: 1, max: 200_000_000 }).map((thousandths) => thousandths / 1000);
    fc.assert(
      fc.property(cents, rate, (amount, per) => {
        const entered = s2((amount / 100).toFixed(2));
        expect(fromUsd(toUsd(entered, per), per)).toBe(entered);
      }),
    );
  });

  it.each([0, -1, '0.0'])('refuses the rate %s', (rate) => {
    expect(() => toUsd(1, rate)).toThrow(RangeError);
    expect(() => fromUsd(1, rate)).toThrow(RangeError);
  });
});

describe('rounding', () => {
  it.each([
    ['0', '0.00'],
    ['-0', '0.00'],
    ['-0.004', '0.00'],
    ['-0.005', '-0.01'],
    ['0.004999', '0.00'],
    ['0.005', '0.01'],
    ['1.005', '1.01'],
    ['2.675', '2.68'],
    ['258.284235', '258.28'],
    ['15.5', '15.50'],
    ['999999999999.995', '1000000000000.00'],
    ['1e-7', '0.00'],
  ])('of %s to cents is %s', (value, rounded) => {
    expect(s2(value)).toBe(rounded);
  });

  it.each([
    ['27', '27.0000'],
    ['51.77', '51.7700'],
    ['0.00005', '0.0001'],
    ['0.00004', '0.0000'],
  ])('of %s to four decimals is %s', (value, rounded) => {
    expect(s4(value)).toBe(rounded);
  });

  it.each([
    ['1362.09', DINAR, '9.99997019'],
    ['1', '3', '0.33333333'],
    ['2', '3', '0.66666667'],
    ['258.28', 1, '258.28000000'],
  ])('of %s at %s keeps eight decimals of USD: %s', (amount, rate, usd) => {
    expect(toUsd(amount, rate)).toBe(usd);
  });
});
