import { redacted } from './redaction';

describe('what is written down', () => {
  it.each([
    'password',
    'newPassword',
    'passwd',
    'token',
    'access_token',
    'verification_token',
    'refreshToken',
    'clientSecret',
    'authorization',
    'Authorization',
    'cookie',
    'apiKey',
    'API-KEY',
    'private_key',
    'code',
    'otp',
    'pin',
  ])('has no %s, at any depth', (name) => {
    const value = { [name]: 's3cret', list: [{ deep: { [name]: { nested: 's3cret' } } }] };
    expect(JSON.stringify(redacted(value))).not.toContain('s3cret');
  });

  it.each(['shippingCode', 'errorCode', 'keyboard', 'spin', 'passenger'])('still has the %s', (name) => {
    expect(redacted({ [name]: 'open' })).toEqual({ [name]: 'open' });
  });

  it('shows that a secret was absent', () => {
    expect(redacted({ token: null, password: undefined })).toEqual({ token: null, password: undefined });
  });

  it('has no credentials of addresses, also within messages and stacks', () => {
    const text = 'connect postgres://cpo:s3cret@db:5432/x and redis://:s3cret@r';
    expect(redacted(text)).toBe('connect postgres://cpo:[redacted]@db:5432/x and redis://:[redacted]@r');
    expect(JSON.stringify(redacted(new Error(text, { cause: new Error(text) })))).not.toContain('s3cret');
  });

  it.each(['550 5.1.1 <ada@example.com>: no such user', 'nobody is جمال@example.co.uk', '"ada.o+x@mail.example.com"'])(
    'has no e-mail address, as mail servers repeat them: %s',
    (text) => {
      expect(redacted(text)).toContain('[address]');
      expect(JSON.stringify(redacted({ error: new Error(text) }))).not.toMatch(/ada|example|جمال/);
    },
  );

  it.each(['/app/node_modules/@nestjs/core/x.js:1', 'postgres://cpo:[redacted]@db.example.com/x', 'three @ five'])(
    'keeps what only looks like one: %s',
    (text) => expect(redacted(text)).toBe(text),
  );

  it('keeps the code of an error, which names a fault', () => {
    expect(redacted({ error: Object.assign(new Error('x'), { code: 'ECONNREFUSED' }) })).toMatchObject({
      error: { code: 'ECONNREFUSED' },
    });
  });

  it('is cut where it goes too deep or too far', () => {
    const deep = { a: { b: { c: { d: { e: { f: { g: { h: 1 } } } } } } } };
    expect(JSON.stringify(redacted(deep))).toContain('[…]');
    expect(redacted(Array.from({ length: 500 }, () => 1))).toHaveLength(100);
  });
});
