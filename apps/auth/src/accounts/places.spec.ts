import { FieldErrors } from '@open-cpo/contracts';
import type { Countries } from '../countries/countries.repository';
import { COUNTRIES } from '../countries/fixture/countries';
import { CURRENCIES } from '../countries/fixture/currencies';
import type { Currencies } from '../currencies/currencies.repository';
import { Places } from './places';

const countries = { byId: async (id: number) => COUNTRIES.find((one) => one.id === id) } as unknown as Countries;
const currencies = {
  byCode: async (code: string) => CURRENCIES.find((one) => one.code === code),
} as unknown as Currencies;

describe('where an account is', () => {
  const places = new Places(countries, currencies);
  const judge = async (place: { country_id?: number; currency?: string | null }) => {
    const errors = new FieldErrors();
    return { currency: await places.judge(place, errors), fields: errors.toMap() };
  };

  it.each([
    [{ country_id: 1 }, 'JOD'],
    [{ country_id: 2 }, 'UAH'],
    [{ country_id: 195 }, 'DZD'],
    [{ country_id: 195, currency: null }, 'DZD'],
    [{ country_id: 195, currency: 'usd' }, 'USD'],
    [{}, 'USD'],
  ])('gives %j the currency %s', async (place, currency) => {
    expect(await judge(place)).toEqual({ currency, fields: {} });
  });

  it('has a currency in every country that there is', async () => {
    for (const { id } of COUNTRIES) expect(await judge({ country_id: id })).toMatchObject({ fields: {} });
  });

  it('refuses countries and currencies that there are not', async () => {
    expect((await judge({ country_id: 100_000, currency: 'QQQ' })).fields).toEqual({
      country_id: ['The selected country id is invalid.'],
      currency: ['The selected currency is invalid.'],
    });
  });
});
