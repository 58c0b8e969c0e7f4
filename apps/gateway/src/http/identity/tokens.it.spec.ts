import { createHmac, createPublicKey } from 'node:crypto';
import { startTestGateway, testBroker, type TestBroker, type TestGateway, TestAuth, until } from '@open-cpo/testing';
import * as gatewayParts from '../../index';

let broker: TestBroker;
let gateway: TestGateway;
beforeAll(async () => {
  broker = await testBroker();
  gateway = await startTestGateway({ broker, gateway: gatewayParts });
});
afterAll(async () => {
  await gateway?.stop();
  await broker?.stop();
});

/** 503: the token was accepted, without a service for the resource here. 401: it was not. */
const BELIEVED = 503;
const ask = async (token: string | undefined, headers: Record<string, string> = {}) => {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(`${gateway.url}/api/user`, { headers: { ...authorization, ...headers } });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
};
const statusOf = async (token: string): Promise<number> => (await ask(token)).status;
const now = (): number => Math.floor(Date.now() / 1000);
const base64 = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const claims = (): object => ({ iat: now(), exp: now() + 1000, jti: 'x', data: { user_id: 1, user_type: 1 } });

describe('a token of auth', () => {
  it('is believed', async () => {
    expect(await statusOf(gateway.auth.token())).toBe(BELIEVED);
  });

  it('is verified once, while auth is asked for its keys once', async () => {
    const token = gateway.auth.token();
    for (let i = 0; i < 5; i += 1) expect(await statusOf(token)).toBe(BELIEVED);
    expect(gateway.auth.asked.filter((what) => what === 'keys')).toHaveLength(1);
  });

  it.each([
    ['with "bearer" in any case', 'bEaReR '],
    ['after several blanks', 'Bearer   '],
  ])('%s is believed', async (_what, scheme) => {
    const answer = await fetch(`${gateway.url}/api/user`, {
      headers: { authorization: scheme + gateway.auth.token() },
    });
    expect(answer.status).toBe(BELIEVED);
  });

  it('asks to be renewed past half of its life', async () => {
    const young = await ask(gateway.auth.token({}, { claims: { iat: now() - 400, exp: now() + 600 } }));
    expect(young.headers.get('token-refresh-required')).toBeNull();
    const old = await ask(gateway.auth.token({}, { claims: { iat: now() - 600, exp: now() + 400 } }));
    expect(old.headers.get('token-refresh-required')).toBe('1');
  });
});

describe('a token that is not to be believed', () => {
  const refused: [string, () => string][] = [
    ['expired', () => gateway.auth.token({}, { claims: { iat: now() - 100, exp: now() - 10 } })],
    ['not valid yet', () => gateway.auth.token({}, { claims: { nbf: now() + 100 } })],
    ['issued in the future', () => gateway.auth.token({}, { claims: { iat: now() + 100, exp: now() + 200 } })],
    ['of another key', () => new TestAuth().token()],
    ['of a key that is not known', () => gateway.auth.token({}, { header: { kid: 'unknown' } })],
    ['without a key', () => gateway.auth.token({}, { header: { kid: undefined } })],
    ['with a key that is no text', () => gateway.auth.token({}, { header: { kid: { a: 1 } } })],
    ['without an id', () => gateway.auth.token({}, { claims: { jti: undefined } })],
    ['without a user', () => gateway.auth.token({}, { claims: { data: {} } })],
    ['of a user in words', () => gateway.auth.token({}, { claims: { data: { user_id: '1' } } })],
    ['of a user who is not there', () => gateway.auth.token({}, { claims: { data: { user_id: 4711 } } })],
    ['of no algorithm', () => `${base64({ alg: 'none', typ: 'JWT', kid: kid() })}.${base64(claims())}.`],
    ['of no algorithm, with a signature', () => `${base64({ alg: 'none', kid: kid() })}.${base64(claims())}.x`],
    ['signed with the public key as a secret', () => confused('pem')],
    ['signed with the public key’s bytes as a secret', () => confused('der')],
    ['with another algorithm in its header', () => gateway.auth.token({}, { header: { alg: 'ES384' } })],
    ['with a changed payload', () => withPart(1, base64({ ...claims(), data: { user_id: 2, user_type: 1 } }))],
    ['with a payload that is no JSON', () => withPart(1, base64('nonsense'))],
    ['with a header that is no JSON', () => withPart(0, base64('nonsense'))],
    ['with a header of null', () => withPart(0, base64('null'))],
    ['with an empty signature', () => withPart(2, 'AA')],
    ['of 8 kB', () => gateway.auth.token({}, { claims: { more: 'x'.repeat(6000) } })],
    ['of two parts', () => gateway.auth.token().split('.').slice(0, 2).join('.')],
    ['of four parts', () => `${gateway.auth.token()}.x`],
    ['that is empty', () => ''],
  ];

  it.each(refused)('(%s) is refused', async (_what, token) => {
    const { status, body, headers } = await ask(token());
    expect([status, body]).toEqual([401, { success: 0, msg: 'Unauthenticated.', msg_arabic: 'Unauthenticated.' }]);
    expect(headers.get('www-authenticate')).toBe('Bearer');
  });

  it('is any with one bit flipped', async () => {
    const token = gateway.auth.token();
    const [header = '', payload = '', signature = ''] = token.split('.');
    for (const at of [0, 7, 20, 40, 63]) {
      const bytes = Buffer.from(signature, 'base64url');
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
      expect(await statusOf(`${header}.${payload}.${bytes.toString('base64url')}`)).toBe(401);
    }
    expect(await statusOf(token)).toBe(BELIEVED);
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Token abc.def.ghi', 'abc.def.ghi'])(
    'is none in "%s"',
    async (authorization) => {
      expect((await ask(undefined, { authorization })).status).toBe(401);
    },
  );

  const kid = (): string => gateway.auth.keys[0]?.kid ?? '';
  const withPart = (index: number, part: string): string =>
    gateway.auth
      .token()
      .split('.')
      .map((one, at) => (at === index ? part : one))
      .join('.');
  const confused = (format: 'pem' | 'der'): string => {
    const [jwk] = gateway.auth.keys;
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    const secret = key.export({ type: 'spki', format: format as 'pem' });
    const signed = `${base64({ alg: 'HS256', typ: 'JWT', kid: kid() })}.${base64(claims())}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
});

describe('keys that rotate', () => {
  it('let old tokens in, and new ones as soon as gateways are told', async () => {
    const old = gateway.auth.token();
    expect(await statusOf(old)).toBe(BELIEVED);
    gateway.auth.rotateKeys();
    await gateway.auth.tellKeysChanged();
    const fresh = gateway.auth.token();
    await until(async () => (await statusOf(fresh)) === BELIEVED);
    expect(await statusOf(old)).toBe(BELIEVED);
  });

  it('end the tokens of a key that is gone', async () => {
    const old = gateway.auth.token();
    expect(await statusOf(old)).toBe(BELIEVED);
    gateway.auth.rotateKeys({ forget: true });
    await gateway.auth.tellKeysChanged();
    await until(async () => (await statusOf(old)) === 401);
    expect(await statusOf(gateway.auth.token())).toBe(BELIEVED);
  });

  it('serve on while auth is away', async () => {
    const token = gateway.auth.token();
    expect(await statusOf(token)).toBe(BELIEVED);
    await gateway.auth.tellKeysChanged();
    await gateway.stopAuth();
    expect(await statusOf(token)).toBe(BELIEVED);
    await gateway.startAuth();
  });
});
