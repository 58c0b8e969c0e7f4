import { newTotp, stepOf } from './totp';

describe('a code of an authenticator app', () => {
  // RFC 6238, appendix B: the secret "12345678901234567890", the last six of the eight digits.
  const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [20000000000, '353130'],
  ])('is that of RFC 6238 at %i', (seconds, code) => {
    expect(stepOf(SECRET, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it('is taken one time step early or late, and no further', () => {
    const at = (steps: number) => stepOf(SECRET, '287082', (59 + 30 * steps) * 1000);
    expect([-2, -1, 0, 1, 2].map(at)).toEqual([undefined, 1, 1, 1, undefined]);
  });

  it.each(['', '28708', '2870822', 'abcdef'])('is not "%s"', (code) => {
    expect(stepOf(SECRET, code, 59_000)).toBeUndefined();
  });

  it('comes from a secret of its own, of 160 bits, in a key URI', () => {
    const [one, two] = [newTotp('owner@demo.test'), newTotp('owner@demo.test')];
    expect(one.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(one.secret).not.toBe(two.secret);
    const uri = new URL(one.uri);
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/Open CPO:owner@demo.test',
    ]);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: 'Open CPO',
      secret: one.secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });
});
