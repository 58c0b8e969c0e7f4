import { keySet, newKey } from './key-set';

const withoutPrivatePart = () => ({ ...newKey(), d: undefined });

describe('a set of signing keys', () => {
  it('signs with the first and publishes all, without their private parts', () => {
    const keys = [newKey(), withoutPrivatePart(), newKey()];
    const { kid, published } = keySet(keys);
    expect(kid).toBe(keys[0]?.kid);
    expect(published.map((key) => key.kid)).toEqual(keys.map((key) => key.kid));
    expect(Object.keys(published[0] ?? {})).toEqual(['kid', 'kty', 'crv', 'x', 'y']);
  });

  it('names a key without a name by its thumbprint', () => {
    const key = newKey();
    expect(keySet([{ ...key, kid: undefined }]).kid).toBe(key.kid);
  });

  const twice = newKey();
  it.each([
    ['none', [], 'The first signing key is missing or has no private part.'],
    ['a public one first', [withoutPrivatePart()], 'The first signing key is missing or has no private part.'],
    ['another curve', [newKey(), { ...newKey(), crv: 'P-384' }], 'Signing key 2 is not an EC key on the curve P-256.'],
    ['an unreadable one', [{ ...newKey(), d: '!' }], 'The first signing key cannot be used.'],
    ['one of two halves', [{ ...newKey(), d: newKey().d }], 'The first signing key cannot be used.'],
    ['one twice', [twice, twice], 'Two signing keys have the same kid.'],
  ])('refuses %s', (_, keys, text) => {
    expect(() => keySet(keys)).toThrow(text);
  });
});
