import { Broker } from '@open-cpo/messaging';
import { environment, Health } from '@open-cpo/platform';
import { REVOCATIONS, type SessionRevoked } from '@open-cpo/contracts';
import { startTestGateway, testBroker, type TestBroker, type TestGateway, until } from '@open-cpo/testing';
import { Redis } from 'ioredis';
import * as gatewayParts from '../../index';

const redisUrl = environment().TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
const prefix = `gateway-identity-${process.pid}`;
const env = { REDIS_PREFIX: prefix };

let broker: TestBroker;
let one: TestGateway;
let two: TestGateway;
let redis: Redis;
beforeAll(async () => {
  redis = new Redis(redisUrl);
  broker = await testBroker();
  one = await startTestGateway({ broker, gateway: gatewayParts, redisUrl, env });
  two = await startTestGateway({ broker, gateway: gatewayParts, redisUrl, env, auth: one.auth, answersForAuth: false });
});
afterAll(async () => {
  await two?.stop();
  await one?.stop();
  await broker?.stop();
  await redis?.del(`${prefix}:${REVOCATIONS}`);
  redis?.disconnect();
});

/** 503: let in, without a service for the resource here. */
const LET_IN = 503;
const ask = async ({ url }: TestGateway, token: string, headers: Record<string, string> = {}, path = '/api/user') =>
  fetch(url + path, { headers: { authorization: `Bearer ${token}`, ...headers } });
const statusOf = async (gateway: TestGateway, token: string): Promise<number> => (await ask(gateway, token)).status;
const both = (token: string): Promise<number[]> => Promise.all([one, two].map((gateway) => statusOf(gateway, token)));
const now = (): number => Math.floor(Date.now() / 1000);
const later = (): number => now() + 1000;
const storeRevoked = (revoked: SessionRevoked, at = Date.now()) =>
  redis.zadd(`${prefix}:${REVOCATIONS}`, at, JSON.stringify(revoked));

describe('a revoked token', () => {
  it('is refused by every replica as soon as auth tells', async () => {
    const token = one.auth.token({ userId: 11 }, { claims: { jti: 'told' } });
    const other = one.auth.token({ userId: 11 });
    expect(await both(token)).toEqual([LET_IN, LET_IN]);
    await one.auth.tellRevoked({ scope: 'token', id: 'told', until: later() });
    await until(async () => (await both(token)).every((status) => status === 401));
    expect(await both(other)).toEqual([LET_IN, LET_IN]);
  });

  it('is refused by every replica that finds it in Redis', async () => {
    const token = one.auth.token({ userId: 12 }, { claims: { jti: 'stored' } });
    expect(await both(token)).toEqual([LET_IN, LET_IN]);
    await storeRevoked({ scope: 'token', id: 'stored', until: later() });
    await until(async () => (await both(token)).every((status) => status === 401));
  });

  it('is refused by a replica that starts later, from its first request on', async () => {
    const token = one.auth.token({ userId: 13 }, { claims: { jti: 'earlier' } });
    await storeRevoked({ scope: 'token', id: 'earlier', until: later() }, Date.now() - 24 * 60 * 60 * 1000);
    const options = { broker, gateway: gatewayParts, redisUrl, env, auth: one.auth, answersForAuth: false };
    const third = await startTestGateway(options);
    try {
      expect(await statusOf(third, token)).toBe(401);
    } finally {
      await third.stop();
    }
  });

  it('may be all that a user had before a moment, but one', async () => {
    const claims = { iat: now() - 10 };
    const ended = one.auth.token({ userId: 14 }, { claims: { ...claims, jti: 'ended' } });
    const kept = one.auth.token({ userId: 14 }, { claims: { ...claims, jti: 'kept' } });
    const fresh = one.auth.token({ userId: 14 }, { claims: { iat: now() + 3 } });
    const others = one.auth.token({ userId: 15 }, { claims });
    await one.auth.tellRevoked({ scope: 'user', id: '14', before: now(), except: 'kept', until: later() });
    await until(async () => (await both(ended)).every((status) => status === 401));
    expect(await Promise.all([kept, fresh, others].map((token) => both(token)))).toEqual(
      Array.from({ length: 3 }, () => [LET_IN, LET_IN]),
    );
  });
});

describe('a gateway without Redis at its start', () => {
  it('is not ready: it would let in what has ended', async () => {
    const options = { broker, gateway: gatewayParts, auth: one.auth, answersForAuth: false };
    const third = await startTestGateway(options);
    try {
      expect(await third.app.get(Health).ready()).toMatchObject({
        ok: false,
        checks: { revocations: 'down', broker: 'up' },
      });
      expect(await one.app.get(Health).ready()).toMatchObject({ ok: true });
    } finally {
      await third.stop();
    }
  });
});

describe('who a user is', () => {
  it('is asked once, and told by auth from then on', async () => {
    const token = one.auth.token({ userId: 21, role: 'viewer' });
    const categories = async (gateway: TestGateway): Promise<number> =>
      (await fetch(`${gateway.url}/api/categories`, { method: 'POST', headers: { authorization: `Bearer ${token}` } }))
        .status;
    expect(await Promise.all([categories(one), categories(two)])).toEqual([403, 403]);
    await one.auth.tellUser({ userId: 21, role: 'admin' });
    await until(async () => (await categories(one)) === LET_IN && (await categories(two)) === LET_IN);
    expect(one.auth.asked.filter((what) => what === 'snapshot 21')).toHaveLength(2);
  });

  it('ends with the lock of the account', async () => {
    const token = one.auth.token({ userId: 22 });
    expect(await both(token)).toEqual([LET_IN, LET_IN]);
    await one.auth.tellUser({ userId: 22, active: false });
    await until(async () => (await both(token)).every((status) => status === 401));
  });

  it('serves on from memory while auth is away; of others nothing is known', async () => {
    const known = one.auth.token({ userId: 23 });
    const unknown = one.auth.token({ userId: 24 });
    expect(await statusOf(one, known)).toBe(LET_IN);
    await one.stopAuth();
    try {
      const answer = await ask(one, unknown);
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
      // The role is known: what it may not do is refused as ever.
      expect((await ask(one, known, { 'api-key': 'nonsense' })).status).toBe(401);
    } finally {
      await one.startAuth();
    }
  });
});

describe('an API key', () => {
  it('lets integrations in until it is revoked, on every replica', async () => {
    const token = one.auth.token({ userId: 31 });
    const key = one.auth.apiKey({ keyId: 7, accountId: 31 });
    const asked = (gateway: TestGateway) => ask(gateway, token, { 'API-KEY': key }).then(({ status }) => status);
    expect(await Promise.all([asked(one), asked(two), asked(one)])).toEqual([LET_IN, LET_IN, LET_IN]);
    await one.auth.tellApiKeyRevoked(7);
    await until(async () => (await asked(one)) === 401 && (await asked(two)) === 401);
    const { status, headers } = await ask(one, token, { 'API-KEY': key });
    expect([status, headers.get('x-error-code')]).toEqual([401, 'api_key_invalid']);
  });

  it('ends at once with its creator, and never covers more than its scope', async () => {
    const token = one.auth.token({ userId: 91, role: 'owner' });
    const headers = (more: object) => ({ 'API-KEY': one.auth.apiKey({ accountId: 91, createdBy: 91, ...more }) });
    const gone = { 'API-KEY': one.auth.apiKey({ accountId: 91, createdBy: 92 }) };
    await one.auth.tellUser({ userId: 92, accountId: 91, role: 'admin' });
    await until(async () => (await ask(one, token, gone)).status === LET_IN);
    await one.auth.tellUser({ userId: 92, accountId: 91, role: 'admin', active: false });
    await until(async () => (await ask(one, token, gone)).status === 401);
    expect((await ask(one, token, headers({ expiresAt: Date.now() - 1 }))).status).toBe(401);
    const orders = async (scope: string[]) => (await ask(one, token, headers({ scope }), '/api/orders')).status;
    expect([await orders(['members']), await orders(['view', 'sites'])]).toEqual([403, 403]);
    expect([await orders(['view']), await orders(['orders'])]).toEqual([LET_IN, LET_IN]);
  });

  it('of another account is refused', async () => {
    const answer = await ask(one, one.auth.token({ userId: 32 }), { 'api-key': one.auth.apiKey({ accountId: 33 }) });
    expect(await answer.json()).toEqual({ success: 0, message: 'The API key is invalid or missing.' });
  });

  it('that nobody knows is refused on operations for everybody as well', async () => {
    const headers = { 'api-key': '1|nobody-knows-this-key-here', 'content-type': 'application/json' };
    const answer = await fetch(`${one.url}/api/v3/auth/login`, { method: 'POST', headers, body: '{}' });
    expect([answer.status, await answer.json()]).toEqual([
      401,
      { success: 0, message: 'The API key is invalid or missing.' },
    ]);
  });
});

describe('cut off', () => {
  afterEach(() => jest.restoreAllMocks());

  it('from the broker, a gateway answers 503 at once and heals by itself', async () => {
    const users = Array.from({ length: 5 }, (_, index) => one.auth.token({ userId: 41 + index }));
    for (const token of users) expect(await statusOf(one, token)).toBe(LET_IN);
    await broker.kill();
    await until(() => !one.app.get(Broker).connected);
    expect(await Promise.all(users.map((token) => statusOf(one, token)))).toEqual(users.map(() => 503));
    await broker.restart();
    await until(() => [one, two].every(({ app }) => app.get(Broker).connected));
    await one.stopAuth();
    await one.startAuth();
    const [token = ''] = users;
    await until(async () => (await both(token)).every((status) => status === LET_IN));
    await one.auth.tellRevoked({ scope: 'user', id: '41', before: now() + 1, until: later() });
    await until(async () => (await both(token)).every((status) => status === 401));
  });

  it('from the broker and from Redis for a minute, it trusts no token', async () => {
    const lonely = await startTestGateway({ broker, gateway: gatewayParts, auth: one.auth, answersForAuth: false });
    const token = one.auth.token({ userId: 51 });
    const headers = { 'x-request-id': 'cut-off' };
    try {
      expect(await statusOf(lonely, token)).toBe(LET_IN);
      const broken = jest.spyOn(lonely.app.get(Broker), 'connected', 'get').mockReturnValue(false);
      const started = Date.now();
      jest.spyOn(Date, 'now').mockImplementation(() => started + 61_000);
      const answer = await ask(lonely, token, headers);
      expect([answer.status, answer.headers.get('x-error-code')]).toEqual([503, 'service_unavailable']);
      expect(broken).toHaveBeenCalled();
    } finally {
      jest.restoreAllMocks();
      await lonely.stop();
    }
  });
});
