import { phoneDigits } from './phone-number';

describe('a telephone number', () => {
  it.each([
    ['0550 12 34 56', 'DZ', '213550123456'],
    ['055 123 4567', 'SA', '966551234567'],
    ['(020) 7946 0958', 'GB', '442079460958'],
    ['06 698 2000', 'IT', '39066982000'],
  ])('%s in %s is a national one', (entered, iso, digits) => {
    expect(phoneDigits(entered, iso)).toBe(digits);
  });

  it.each([
    ['+44 (0)20 7946 0958', '442079460958'],
    ['44 (0)20 7946 0958', '442079460958'],
    ['0044 20 7946 0958', '442079460958'],
    ['00966 55 123 4567', '966551234567'],
    ['+966-55-123-4567', '966551234567'],
    ['966551234567', '966551234567'],
    ['+39 06 698 2000', '39066982000'],
  ])('%s is international in any country', (entered, digits) => {
    for (const iso of ['DZ', 'US', 'JP', 'XX', undefined]) expect(phoneDigits(entered, iso)).toBe(digits);
  });

  it.each([
    ['+213 550', '213550'],
    ['966977977974', '966977977974'],
    ['(00) 1', '1'],
    ['123', '123'],
    ['', ''],
    [null, ''],
    [undefined, ''],
  ])('%s of no known plan keeps its digits', (entered, digits) => {
    expect(phoneDigits(entered, 'DZ')).toBe(digits);
  });
});
