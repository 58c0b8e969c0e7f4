import { environment } from '@open-cpo/platform';
import { OwnRedis, startTestGateway, testBroker, type TestBroker, type TestGateway, until } from '@open-cpo/testing';
import * as gatewayParts from '../../index';

const env = {
  REDIS_PREFIX: `limits-${process.pid}`,
  TRUSTED_PROXIES: '127.0.0.1',
  RATE_LIMIT_LOGIN: '5/60',
  RATE_LIMIT_CODE: '4/60',
  RATE_LIMIT_RESET: 'off',
  RATE_LIMIT_CALLER: '8/60',
  RATE_LIMIT_ADDRESS: '1000/60',
};

let broker: TestBroker;
let one: TestGateway;
let two: TestGateway;
const redisUrl = environment().TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
beforeAll(async () => {
  broker = await testBroker();
  one = await startTestGateway({ broker, gateway: gatewayParts, redisUrl, env });
  two = await startTestGateway({ broker, gateway: gatewayParts, redisUrl, env, auth: one.auth, answersForAuth: false });
});
afterAll(async () => {
  await two?.stop();
  await one?.stop();
  await broker?.stop();
});

let addresses = 0;
const address = (): string => `198.51.100.${(addresses += 1)}`;
const post = (gateway: TestGateway, path: string, from: string) =>
  fetch(`${gateway.url}/api/v3/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: '{}',
  });
/** 503: let through, without a service for logins here. */
const THROUGH = 503;

describe('logins from one address', () => {
  it('are refused beyond the limit, over all gateways together', async () => {
    const from = address();
    const statuses: number[] = [];
    for (const gateway of [one, two, one, two, one, two, one]) {
      statuses.push((await post(gateway, 'login', from)).status);
    }
    expect(statuses).toEqual([THROUGH, THROUGH, THROUGH, THROUGH, THROUGH, 429, 429]);
  });

  it('tell what is left, and when to ask again, in the documented form', async () => {
    const from = address();
    const first = await post(one, 'login', from);
    expect(first.headers.get('ratelimit-policy')).toBe('"address";q=1000;w=60, "login";q=5;w=60');
    expect(first.headers.get('ratelimit')).toMatch(/^"address";r=999;t=\d+, "login";r=4;t=(60|59)$/);
    for (let n = 0; n < 4; n += 1) await post(one, 'login', from);
    const refused = await post(two, 'login', from);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('x-error-code')).toBe('too_many_requests');
    expect(refused.headers.get('ratelimit')).toMatch(/"login";r=0;t=\d+$/);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait > 0 && wait <= 60).toBe(true);
    expect(await refused.json()).toEqual({ success: 0, message: expect.any(String) });
  });

  it('do not count against other addresses or other things to guess at', async () => {
    const from = address();
    for (let n = 0; n < 6; n += 1) await post(one, 'login', from);
    expect((await post(one, 'login', address())).status).toBe(THROUGH);
    const codes = await Promise.all(Array.from({ length: 5 }, () => post(two, 'email/verify', from)));
    expect(codes.map(({ status }) => status).sort()).toEqual([429, THROUGH, THROUGH, THROUGH, THROUGH]);
    expect((await post(one, 'password/reset/verify', from)).status).toBe(429);
  });

  it('are counted fifty at once like fifty in a row', async () => {
    const from = address();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => post(n % 2 ? one : two, 'login', from)));
    expect(answers.filter(({ status }) => status === THROUGH)).toHaveLength(5);
  });

  it('are one customer over the whole of an IPv6 network', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await post(one, 'login', `2001:db8:7:7::${n + 1}`)).status);
    expect(statuses.at(-1)).toBe(429);
  });

  it('are not counted where the limit is off', async () => {
    const from = address();
    for (let n = 0; n < 10; n += 1) expect((await post(one, 'password/reset', from)).status).toBe(THROUGH);
  });
});

describe('requests of one caller', () => {
  const ask = (gateway: TestGateway, token: string) =>
    fetch(`${gateway.url}/api/user`, { headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': address() } });

  it('are refused beyond the limit, whichever token and gateway they use', async () => {
    const tokens = [one.auth.token({ userId: 91 }), one.auth.token({ userId: 91 })];
    const statuses: number[] = [];
    for (let n = 0; n < 10; n += 1) statuses.push((await ask(one, tokens[n % 2] ?? '')).status);
    expect(statuses).toEqual([...Array<number>(8).fill(THROUGH), 429, 429]);
    // The other gateway learns it from Redis, within a report of its own.
    await until(async () => (await ask(two, tokens[0] ?? '')).status === 429);
  });

  it('do not count against another', async () => {
    const token = one.auth.token({ userId: 92 });
    const answer = await ask(one, token);
    expect([answer.status, answer.headers.get('ratelimit')]).toEqual([
      THROUGH,
      expect.stringContaining('"caller";r=7'),
    ]);
  });
});

describe('while Redis is away', () => {
  it('every gateway counts by itself, and together again when it is back', async () => {
    const redis = await OwnRedis.started();
    const alone = { ...env, REDIS_PREFIX: 'away' };
    const gateway = await startTestGateway({ broker, gateway: gatewayParts, redisUrl: redis.url, env: alone, auth: one.auth, answersForAuth: false }); // prettier-ignore
    await redis.kill();
    const from = address();
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await post(gateway, 'login', from)).status);
    expect(statuses).toEqual([...Array<number>(5).fill(THROUGH), 429, 429]);
    const token = one.auth.token({ userId: 93 });
    const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': from };
    expect((await fetch(`${gateway.url}/api/user`, { headers })).status).toBe(THROUGH);
    await gateway.stop();
    await redis.remove();
  });
});
