import { countries, countryCatalogue } from '@open-cpo/contracts';
import { asStranger, asUser, reference } from '@open-cpo/testing';
import { AuthUnderTest } from '../fixture/auth-under-test';
import { COUNTRIES } from './fixture/countries';
import { CURRENCIES } from './fixture/currencies';

describe('countries', () => {
  let auth: AuthUnderTest;

  beforeAll(async () => {
    auth = await AuthUnderTest.start({ PUBLIC_URL: 'https://api.example.com/' });
  });

  afterAll(() => auth?.stop());

  const all = () => auth.bus.call(countries.all, {}, asUser());
  const one = (id: number) => auth.bus.call(countries.one, { id }, asUser());

  it('are listed as documented, ascending by id, without flags', async () => {
    const answer = await all();
    expect(answer).toEqual(COUNTRIES);
    expect(answer.map(({ id }) => id)).toEqual([...answer.keys()].map((index) => index + 1));
    expect(answer.filter((country) => 'flag_url' in country)).toEqual([]);
  });

  it('are shown one by one with their flag', async () => {
    expect(await one(195)).toEqual({ ...COUNTRIES[194], flag_url: 'https://api.example.com/flags/DZ.png' });
  });

  it.each([250, 2147483647])('of id %s are not there', async (id) => {
    await expect(one(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('have the documented shapes', async () => {
    const wrap = (data: unknown) => ({ success: 1, message: reference.DONE, data });
    const shapeOf = (number: number) => reference.answerOf(reference.operationOf(number)).shape;
    expect(reference.mismatches(wrap(await all()), shapeOf(25))).toEqual([]);
    expect(reference.mismatches(wrap(await one(2)), shapeOf(26))).toEqual([]);
  });

  it('are chosen from before there is a token, with the currencies that there are rates for', async () => {
    const catalogue = await auth.bus.call(countryCatalogue.all, {}, asStranger());
    expect(catalogue.currencies).toEqual(CURRENCIES.map(({ code, decimals }) => ({ code, decimals })));
    const codes = new Set(CURRENCIES.map(({ code }) => code));
    expect(catalogue.countries.map(({ id, iso, currency }) => [id, iso, currency])).toEqual(
      COUNTRIES.map(({ id, iso, currency, currency_iso }) => [
        id,
        iso,
        currency_iso ?? (codes.has(currency) ? currency : null),
      ]),
    );
  });

  it('are read from the table once', async () => {
    await all();
    await auth.database.query(`update countries set name = 'Elsewhere' where id = 1`);
    expect((await one(1)).name).toBe('Jordan');
  });
});
