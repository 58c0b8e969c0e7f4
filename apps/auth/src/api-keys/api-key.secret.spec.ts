import { hashOf, keyText, matches, newSecret, parsedKey } from './api-key.secret';

describe('an API key', () => {
  const secret = newSecret();

  it('is its id and forty characters', () => {
    expect(keyText(7, secret)).toMatch(/^7\|[A-Za-z0-9_-]{40}$/);
    expect(parsedKey(keyText(7, secret))).toEqual({ id: 7, secret });
  });

  it('never comes twice', () => {
    expect(new Set(Array.from({ length: 100 }, newSecret)).size).toBe(100);
  });

  it('is recognised by its hash, and no other is', () => {
    expect(matches(secret, hashOf(secret))).toBe(true);
    expect(matches(newSecret(), hashOf(secret))).toBe(false);
    expect(hashOf(secret).toString('utf8')).not.toContain(secret);
  });

  it.each([
    ['nothing', ''],
    ['a secret alone', 'a'.repeat(40)],
    ['an id alone', '7|'],
    ['a short secret', `7|${'a'.repeat(39)}`],
    ['a long secret', `7|${'a'.repeat(41)}`],
    ['a blank in it', `7|${'a'.repeat(39)} `],
    ['a newline after it', `7|${'a'.repeat(40)}\n`],
    ['id zero', `0|${'a'.repeat(40)}`],
    ['an id with a sign', `-7|${'a'.repeat(40)}`],
    ['a hexadecimal id', `0x1F|${'a'.repeat(40)}`],
    ['an id beyond 32 bits', `2147483648|${'a'.repeat(40)}`],
    ['two bars', `7||${'a'.repeat(40)}`],
  ])('is not what has %s', (_, text) => {
    expect(parsedKey(text)).toBeUndefined();
  });
});
