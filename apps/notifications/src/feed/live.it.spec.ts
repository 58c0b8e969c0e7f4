import { EVENT_TYPES, orderCompleted, payoutChanged } from '@open-cpo/contracts';
import { startTestGateway, type TestAuth, type TestGateway, until } from '@open-cpo/testing';

// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from the table to HTTP: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';
import { orderOf, payoutOf } from '../test/facts';
import { type Notifications, startNotifications } from '../test/notifications';
import { Stream } from '../test/stream';

describe('the live feed', () => {
  let service: Notifications;
  let first: TestGateway;
  let second: TestGateway;
  let auth: TestAuth;
  let token: string;
  let streams: Stream[] = [];

  const gateway = (more: object = {}) => {
    const env = { FEEDS_PER_ACCOUNT: '3' };
    return startTestGateway({ broker: service.broker, gateway: gatewayParts, env, ...more });
  };
  beforeAll(async () => {
    service = await startNotifications('live');
    first = await gateway();
    ({ auth } = first);
    second = await gateway({ auth, answersForAuth: false });
    token = tokenOf(11, 1);
  });
  afterAll(async () => {
    streams.forEach((stream) => stream.drop());
    await second?.stop();
    await first?.stop();
    await service?.stop();
  });
  beforeEach(() => service.db.query('truncate feeds, events, inbox'));
  afterEach(() => {
    streams.forEach((stream) => stream.drop());
    streams = [];
  });

  const tokenOf = (userId: number, accountId: number, claims: object = {}) =>
    auth.token({ userId, accountId, role: 'owner' }, { claims: { ...claims } });
  const bearer = (value = token) => ({ authorization: `Bearer ${value}` });
  const follow = async (headers: Record<string, string> = bearer(), query = '', at = first): Promise<Stream> => {
    const stream = await Stream.open(`${at.url}/api/events${query}`, headers);
    streams.push(stream);
    return stream;
  };
  const complete = (id: number, accountId = 1) => service.say(orderCompleted, orderOf(id, accountId), 12);
  const has = (stream: Stream, count: number) => until(() => stream.events.length >= count, `${count} events`);

  it('tells of what happens from now on, as it happens', async () => {
    await complete(1);
    await service.settled();
    const stream = await follow();
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(stream.headers.get('cache-control')).toBe('no-store');
    expect(stream.headers.get('x-request-id')).not.toBeNull();
    expect(stream.blocks).toEqual([{ id: 1, event: 'ready', data: { sequence: 1 } }]);
    await complete(2);
    await has(stream, 1);
    expect(stream.events).toEqual([
      {
        id: 2,
        event: 'order.completed',
        data: expect.objectContaining({
          type: 'order.completed',
          sequence: 2,
          data: expect.objectContaining({ id: 2 }),
        }),
      },
    ]);
  });

  it('tells both accounts of their own alone, at both gateways', async () => {
    const [mine, others] = [await follow(), await follow(bearer(tokenOf(21, 2)), '', second)];
    await Promise.all([1, 2, 3].map((id) => complete(id, 1)));
    await Promise.all([4, 5].map((id) => complete(id, 2)));
    await has(mine, 3);
    await has(others, 2);
    const ids = ({ events }: Stream) => events.map(({ data }) => (data.data as { id: number }).id).sort();
    expect([ids(mine), ids(others)]).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect([mine.ids, others.ids]).toEqual([
      [1, 2, 3],
      [1, 2],
    ]);
  });

  it('goes on without loss or double where a connection broke, at whichever gateway, however much came meanwhile', async () => {
    let stream = await follow();
    const seen: number[] = [];
    let sent = 0;
    for (const at of [second, first, second]) {
      const more = Array.from({ length: 250 }, () => complete((sent += 1)));
      stream.drop();
      seen.push(...stream.ids);
      stream = await follow({ ...bearer(), 'last-event-id': stream.lastId }, '', at);
      await Promise.all(more);
      await has(stream, sent - seen.length);
    }
    seen.push(...stream.ids);
    expect(seen).toEqual(Array.from({ length: 750 }, (_, n) => n + 1));
  });

  it('ends in order with its gateway, and goes on at the next one', async () => {
    const third = await gateway({ auth, answersForAuth: false });
    const stream = await follow(bearer(), '', third);
    await complete(1);
    await has(stream, 1);
    await third.stop();
    await until(() => stream.ended);
    expect(stream.text).toMatch(/retry: \d+\n: end\n\n$/);
    await complete(2);
    await service.settled();
    const next = await follow({ ...bearer(), 'last-event-id': stream.lastId });
    await has(next, 1);
    expect(next.ids).toEqual([2]);
  });

  it('catches up with what was told while the broker was away', async () => {
    const stream = await follow();
    await complete(1);
    await has(stream, 1);
    // As a message without a subscriber: stored, and received by no gateway.
    await service.db.query(`update feeds set head = 2`);
    await service.db.query(
      `insert into events (account_id, sequence, id, type, occurred_at, data) values (1, 2, 'x', 'order.started', now(), '{}')`,
    );
    await has(stream, 2);
    expect(stream.ids).toEqual([1, 2]);
  });

  it('says so when what follows is not there any more, or never was', async () => {
    await Promise.all([1, 2, 3].map((id) => complete(id)));
    await service.settled();
    await service.db.query('delete from events where sequence <= 2');
    for (const since of ['1', '99', 'yesterday']) {
      const stream = await follow({ ...bearer(), 'last-event-id': since });
      expect(stream.blocks).toEqual([{ id: 3, event: 'reset', data: { sequence: 3, oldest: 3 } }]);
      stream.drop();
    }
    const whole = await follow(bearer(), '?last_event_id=2');
    await has(whole, 1);
    expect(whole.ids).toEqual([3]);
  });

  it('tells of the types that are asked for alone', async () => {
    const stream = await follow(bearer(), '?types=payout.paid,payout.failed');
    await complete(1);
    await service.settled();
    await service.say(payoutChanged, payoutOf(1, 1, 'paied'), 1);
    await has(stream, 1);
    expect(stream.events.map(({ id, event }) => [id, event])).toEqual([[2, 'payout.paid']]);
    const refused = await follow(bearer(), '?types=order.completed,order.eaten');
    expect([refused.status, refused.headers.get('x-error-code')]).toEqual([422, 'validation_failed']);
    expect(EVENT_TYPES).toContain('payout.paid');
  });

  it('opens by a ticket once, for clients that cannot send a header', async () => {
    const answer = await fetch(`${first.url}/api/events/tickets`, { method: 'POST', headers: bearer() });
    const { results } = (await answer.json()) as { results: { ticket: string; expires_in: number } };
    expect(results.expires_in).toBe(60);
    const stream = await follow({}, `?ticket=${results.ticket}`, second);
    await complete(1);
    await has(stream, 1);
    expect((await follow({}, `?ticket=${results.ticket}`)).status).toBe(401);
    expect((await follow({}, '?ticket=')).status).toBe(401);
    await auth.tellRevoked({ scope: 'user', id: '11', before: Math.floor(Date.now() / 1000), until: 2e9 });
    await until(() => stream.ended);
    token = tokenOf(12, 1);
  });

  it('opens by an API key of the account, until that is revoked', async () => {
    const key = auth.apiKey({ accountId: 1, keyId: 77 });
    const stream = await follow({ 'api-key': key });
    await complete(1);
    await has(stream, 1);
    expect((await follow({ 'api-key': '5|no-such-key-at-all-ever' })).status).toBe(401);
    await auth.tellApiKeyRevoked(77);
    await until(() => stream.ended);
  });

  it('ends within seconds when the token does', async () => {
    const jti = 'a-token-to-revoke';
    const revoked = await follow(bearer(tokenOf(31, 1, { jti })));
    const expiring = await follow(bearer(tokenOf(32, 1, { exp: Math.floor(Date.now() / 1000) - 3 })));
    await auth.tellRevoked({ scope: 'token', id: jti, until: Math.floor(Date.now() / 1000) + 1000 });
    await until(() => revoked.ended && expiring.ended);
    expect((await follow(bearer('no.such.token'))).status).toBe(401);
    expect((await follow({})).status).toBe(401);
  });

  it('has so many places for an account at a gateway', async () => {
    const open = [await follow(), await follow(), await follow()];
    const refused = await follow();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect((await follow(bearer(tokenOf(21, 2)))).status).toBe(200);
    open[0]?.drop();
    await until(async () => (await follow()).status === 200);
  });

  it('counts as answered once it has begun', async () => {
    await follow();
    const head = await fetch(`${first.url}/api/events`, { method: 'HEAD', headers: bearer() });
    expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  });
});
