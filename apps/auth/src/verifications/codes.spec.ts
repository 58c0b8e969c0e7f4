import { hashToken, masked, newCode, newToken } from './codes';
import { attemptsAfterResend, waitAfter } from './verification.rules';

describe('what a verification consists of', () => {
  it('is a token in the form of a UUID, all of it random', () => {
    const tokens = Array.from({ length: 200 }, newToken);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect(new Set(tokens).size).toBe(200);
    expect(new Set(tokens.map((token) => token[14])).size).toBeGreaterThan(5);
  });

  it('is found by its token in either case', () => {
    const token = newToken();
    expect(hashToken(token.toUpperCase()).equals(hashToken(token))).toBe(true);
    expect(hashToken(token)).toHaveLength(32);
  });

  it('is a code of four digits, leading zeros among them', () => {
    const codes = Array.from({ length: 500 }, newCode);
    for (const code of codes) expect(code).toMatch(/^\d{4}$/);
    expect(codes.some((code) => code.startsWith('0'))).toBe(true);
  });

  it.each([
    ['owner@demo.test', 'o***r@demo.test'],
    ['ab@demo.test', 'a***@demo.test'],
    ['a@demo.test', 'a***@demo.test'],
    ['"a@b"@demo.test', '"***"@demo.test'],
  ])('shows of %s no more than %s', (email, shown) => {
    expect(masked(email)).toBe(shown);
  });

  it('waits 60, 120, 240, 480 seconds', () => {
    expect([1, 2, 3, 4].map(waitAfter)).toEqual([60, 120, 240, 480]);
  });

  it('loses an attempt with a resend, but not the last one', () => {
    expect([3, 2, 1].map(attemptsAfterResend)).toEqual([2, 1, 1]);
  });
});
