import { countries } from './countries';

const packaged = Object.fromEntries(
  ['AD', 'DZ', 'FR', 'US'].map((iso) => [iso, { name: `Name of ${iso}`, phone: [1], currency: ['EUR', 'USD'] }]),
);
const zones = [
  { iso: 'AD', zone: 'Europe/Andorra', latitude: '42.5', longitude: '1.51666' },
  { iso: 'DZ', zone: 'Africa/Algiers', latitude: '36.78333', longitude: '3.05' },
  { iso: 'FR', zone: 'Europe/Paris', latitude: '48.86666', longitude: '2.33333' },
  { iso: 'US', zone: 'America/Detroit', latitude: '42.33138', longitude: '-83.04584' },
  { iso: 'US', zone: 'America/New_York', latitude: '40.71416', longitude: '-74.00639' },
];
const ids = (codes: string[], known: { id: number; iso: string }[] = []) =>
  countries(packaged, codes, zones, known).map((country) => [country.id, country.iso]);

describe('the generator of countries', () => {
  it('numbers them by ISO code around the documented ids', () => {
    expect(ids(['US', 'FR', 'SA', 'JO', 'DZ', 'UA', 'AD'])).toEqual([
      [1, 'JO'],
      [2, 'UA'],
      [3, 'AD'],
      [4, 'SA'],
      [5, 'FR'],
      [6, 'US'],
      [195, 'DZ'],
    ]);
  });

  it('never renumbers a country that is there already', () => {
    expect(ids(['AD', 'FR', 'US'], [{ id: 3, iso: 'FR' }])).toEqual([
      [3, 'FR'],
      [5, 'AD'],
      [6, 'US'],
    ]);
  });

  it('takes the main zone and currency of a country with several', () => {
    expect(countries(packaged, ['US'], zones, [])).toMatchObject([
      { time_zone: 'America/New_York', latitude: '40.71416', currency: 'EUR', currency_iso: 'EUR' },
    ]);
  });

  it('stops at a country of which it knows no zone or no name', () => {
    expect(() => countries(packaged, ['XX'], zones, [])).toThrow('XX has 0 zones');
    expect(() => countries({}, ['FR'], zones, [])).toThrow('No name, phone code and currency for FR');
  });
});
