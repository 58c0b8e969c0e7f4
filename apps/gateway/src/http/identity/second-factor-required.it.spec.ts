import { environment } from '@open-cpo/platform';
import { startTestGateway, testBroker, type TestBroker, type TestGateway, until } from '@open-cpo/testing';
import * as gatewayParts from '../../index';

let broker: TestBroker;
let gateway: TestGateway;
beforeAll(async () => {
  broker = await testBroker();
  const redisUrl = environment().TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
  const env = { REDIS_PREFIX: `second-factor-${process.pid}` };
  gateway = await startTestGateway({ broker, gateway: gatewayParts, redisUrl, env });
});
afterAll(async () => {
  await gateway?.stop();
  await broker?.stop();
});

/** 503: let in, without a service for the resource here. */
const LET_IN = 503;
const ask = (method: string, path: string, token: string, headers: object = {}) =>
  fetch(gateway.url + path, { method, headers: { authorization: `Bearer ${token}`, ...headers } });
const statusOf = async (...of: Parameters<typeof ask>): Promise<number> => (await ask(...of)).status;

describe('a member without the second factor that the account requires', () => {
  const missing = { userId: 21, accountId: 20, role: 'admin', secondFactorMissing: true } as const;

  it('is refused in the documented form, whatever the method', async () => {
    const token = gateway.auth.token(missing);
    for (const [method, path] of [
      ['GET', '/api/charge-points'],
      ['POST', '/api/charge-points'],
      ['GET', '/api/v3/countries'],
      ['PUT', '/api/user'],
      ['GET', '/api/events'],
    ] as const) {
      const answer = await ask(method, path, token);
      expect([path, answer.status, answer.headers.get('x-error-code'), await answer.json()]).toEqual([
        path,
        403,
        'second_factor_required',
        { success: 0, error: 'This account requires a second factor. Set one up to go on.' },
      ]);
    }
  });

  it('reaches what sets one up, the own profile, sessions, invitations and the logout', async () => {
    const token = gateway.auth.token(missing);
    for (const [method, path] of [
      ['GET', '/api/user'],
      ['GET', '/api/user/factors'],
      ['POST', '/api/user/factors/totp'],
      ['POST', '/api/user/factors/totp/confirm'],
      ['POST', '/api/user/password'],
      ['GET', '/api/user/sessions'],
      ['GET', '/api/invitations'],
      ['DELETE', '/api/members/me'],
      ['POST', '/api/v3/auth/logout'],
      ['POST', '/api/v3/auth/refresh'],
    ] as const) {
      expect([path, await statusOf(method, path, token)]).toEqual([path, LET_IN]);
    }
  });

  it('is let in as soon as there is one, and the others of the account were all along', async () => {
    const [token, other] = [gateway.auth.token({ ...missing, userId: 22 }), gateway.auth.token({ ...missing, userId: 23, secondFactorMissing: false })]; // prettier-ignore
    expect(await statusOf('GET', '/api/charge-points', token)).toBe(403);
    expect(await statusOf('GET', '/api/charge-points', other)).toBe(LET_IN);
    await gateway.auth.tellUser({ ...missing, userId: 22, secondFactorMissing: false });
    await until(async () => (await statusOf('GET', '/api/charge-points', token)) === LET_IN);
  });

  it('has API keys that rest meanwhile', async () => {
    gateway.auth.token({ ...missing, userId: 24 });
    const key = gateway.auth.apiKey({ accountId: 20, createdBy: 24 });
    const token = gateway.auth.token({ userId: 25, accountId: 20 });
    expect(await statusOf('GET', '/api/charge-points', token, { 'api-key': key })).toBe(401);
    await gateway.auth.tellUser({ ...missing, userId: 24, secondFactorMissing: false });
    await until(async () => (await statusOf('GET', '/api/charge-points', token, { 'api-key': key })) === LET_IN);
  });
});
