import { CATALOGUE, methodNamed, methodWithId, offeredIn } from './catalogue';
import { masked } from './details';
import { typeOf } from './document.rules';
import { STRIPE_COUNTRIES } from './stripe-countries';

describe('the catalogue', () => {
  it('has the ids and names of the API', () => {
    expect(CATALOGUE.map(({ id, name }) => [id, name])).toEqual([
      [1, 'stripe'],
      [2, 'bank_transfer'],
    ]);
    expect(methodNamed('stripe')).toBe(methodWithId(1));
    expect(methodNamed('constructor')).toBeUndefined();
    expect(() => methodWithId(3)).toThrow();
  });

  it('offers bank transfers everywhere and Stripe where Stripe pays', () => {
    const [stripe, bank] = [methodWithId(1), methodWithId(2)];
    expect(['US', 'DZ', 'JO', 'SA', 'KP', 'IR'].map((country) => offeredIn(stripe, country))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(offeredIn(bank, 'KP')).toBe(true);
  });

  it('names countries by proper codes, each once', () => {
    for (const code of STRIPE_COUNTRIES) expect(code).toMatch(/^[A-Z]{2}$/);
    expect(STRIPE_COUNTRIES.size).toBeGreaterThan(100);
  });
});

it.each([
  ['123-45-6789', '*******6789'],
  ['123456789', '*****6789'],
  ['12345678', '*******8'],
  ['1', '1'],
  ['-', '-'],
])('%s is shown as %s', (text, shown) => {
  expect(masked(text)).toBe(shown);
});

it.each([
  ['%PDF-1.4', 'application/pdf'],
  [' %PDF-1.4', undefined],
  ['%PDF', undefined],
  ['GIF89a', undefined],
  ['<svg onload=', undefined],
  ['', undefined],
])('bytes that begin with "%s" are %s', (text, type) => {
  expect(typeOf(Buffer.from(text))).toBe(type);
});
