import type { ChangeChargePoint } from '@open-cpo/contracts';
import { changesOf, currencyOf } from './charge-point.changes';
import type { WholeRow } from './charge-point.rows';

const RATES: Record<string, string> = { USD: '1', DZD: '136.209406', AED: '3.6725' };
const rates = { has: (code: string) => code in RATES, rateOf: (code: string) => RATES[code] ?? '1' };
const around = { currency: 'DZD', timeZone: 'Africa/Algiers', rates };
const old = {
  title: 'Before',
  latitude: 36.7,
  longitude: 3.05,
  time_zone: 'Africa/Algiers',
  time_zone_set: false,
  price_amount: '10.00',
  price_currency: 'USD',
  price_usd: '10.00000000',
  session_limit_value: 60,
} as WholeRow;
const changes = (input: Partial<ChangeChargePoint>) => changesOf({ id: 1, ...input }, old, around);

describe('what a request changes', () => {
  it('is nothing when it says what there is', () => {
    expect(changes({})).toEqual({});
    expect(changes({ price: '10', price_currency: 'usd' })).toEqual({});
    expect(changes({ title: 'Before', latitude: 36.7, longitude: 3.05, session_limit_value: 60 })).toEqual({});
  });

  it('is the price as entered and what that is in dollars', () => {
    expect(changes({ price: '649355.19', price_currency: 'dzd' })).toEqual({
      price_amount: '649355.19',
      price_currency: 'DZD',
      price_usd: '4767.33001831',
    });
    expect(changes({ price: '15.5', price_currency: 'AED' })).toMatchObject({ price_usd: '4.22055820' });
  });

  it('is the currency of the number there is, when only that is said', () => {
    expect(changes({ price_currency: 'AED' })).toEqual({ price_currency: 'AED', price_usd: '2.72294078' });
  });

  it('is the whole price when it is taken away', () => {
    expect(changes({ price: null })).toEqual({ price_amount: null, price_currency: null, price_usd: null });
  });

  it('is the zone with the place, also by one coordinate', () => {
    expect(changes({ longitude: 10.2 })).toEqual({ longitude: 10.2, time_zone: 'Africa/Tunis' });
    expect(changes({ latitude: null })).toEqual({ latitude: null });
  });

  it('is the zone that is set, which then stays with the power center wherever it moves', () => {
    expect(changes({ time_zone: 'Europe/Paris' })).toEqual({ time_zone: 'Europe/Paris', time_zone_set: true });
    const set = { ...old, time_zone: 'Europe/Paris', time_zone_set: true };
    const then = (input: Partial<ChangeChargePoint>) => changesOf({ id: 1, ...input }, set, around);
    expect(then({ longitude: 10.2 })).toEqual({ longitude: 10.2 });
    expect(then({ time_zone: null })).toEqual({ time_zone: 'Africa/Algiers', time_zone_set: false });
    expect(then({ time_zone: null, longitude: 10.2 })).toMatchObject({ time_zone: 'Africa/Tunis' });
  });

  it('is no limit when the limit is cleared', () => {
    expect(changes({ session_limit_value: null })).toEqual({ session_limit_value: 0 });
  });
});

describe('the currency of a price', () => {
  it.each<[Partial<ChangeChargePoint>, string]>([
    [{ price: '1', price_currency: 'aed' }, 'AED'],
    [{ price: '1' }, 'DZD'],
    [{}, 'USD'],
    [{ price_currency: null }, 'USD'],
  ])('of %j is %s', (input, currency) => {
    expect(currencyOf(input as ChangeChargePoint, old, 'DZD')).toBe(currency);
  });
});
