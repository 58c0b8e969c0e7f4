import { jetstreamManager } from '@nats-io/jetstream';
import { accounts, REVOCATIONS, type SessionRevoked, sessionRevoked, users } from '@open-cpo/contracts';
import { Broker } from '@open-cpo/messaging';
import { asStranger, startTestClient, until } from '@open-cpo/testing';
import { AuthUnderTest, claimsOf, PASSWORD, refusalOf } from '../fixture/auth-under-test';
import { RedisClient } from '../redis/redis-client';
import { RevocationSet } from './revocation-set';

describe('a token that ends before its time', () => {
  let auth: AuthUnderTest;
  let gateway: Awaited<ReturnType<typeof startTestClient>>;
  const heard: SessionRevoked[] = [];
  const redis = () => auth.service.app.get(RedisClient, { strict: false }).redis;
  const key = () => `${auth.config.redisPrefix}:${REVOCATIONS}`;
  const remembered = async () =>
    (await redis().zrange(key(), '0', '-1')).map((text) => JSON.parse(text) as SessionRevoked);
  const login = async (email: string) => {
    const { user } = await auth.bus.call(accounts.login, { email, password: PASSWORD }, asStranger());
    if (!user) throw new Error('not logged in');
    return auth.person(user);
  };

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    gateway = await startTestClient(auth.broker);
    const nats = gateway.app.get(Broker).connection();
    nats.subscribe(sessionRevoked.filter, {
      callback: (_error, message) => void heard.push(message.json<SessionRevoked>()),
    });
    await nats.flush();
  });

  afterAll(async () => {
    await gateway.stop();
    await auth.stop();
  });

  it('is known to gateways, to Redis and to the table when logout is answered', async () => {
    const { caller, jti, user } = await auth.owner();
    await auth.bus.call(accounts.login, { email: user.email, password: PASSWORD, device_imei: 'i' }, asStranger());
    await auth.bus.call(accounts.logout, { device_imei: 'i' }, caller);
    const told = { scope: 'token', id: jti, until: claimsOf(user.access_token).exp };
    await gateway.app.get(Broker).flush();
    expect(heard).toContainEqual(told);
    expect(await remembered()).toContainEqual(told);
    expect(await auth.database.query('select 1 from revocations where told @> $1', [told])).toHaveLength(1);
    expect(await auth.database.query('select 1 from devices where user_id = $1', [user.id])).toEqual([]);
  });

  it('can be ended again without a second message', async () => {
    const { caller, jti } = await auth.owner();
    for (let n = 0; n < 3; n += 1) await auth.bus.call(accounts.logout, {}, caller);
    expect((await remembered()).filter(({ id }) => id === jti)).toHaveLength(1);
  });

  it('is in the stream once, although it is told twice', async () => {
    const { caller, jti } = await auth.owner();
    await auth.bus.call(accounts.logout, {}, caller);
    const subject = `${sessionRevoked.subject}.${jti}`;
    const sent = `select 1 from outbox where name = $1 and sent_at is not null`;
    await until(async () => (await auth.database.query(sent, [subject])).length > 0);
    const manager = await jetstreamManager(gateway.app.get(Broker).connection());
    const info = await manager.streams.info('FACTS', { subjects_filter: subject });
    expect(info.state.subjects?.[subject]).toBe(1);
  });

  it('makes room for the one that refresh gives, which is the same for all who ask at once', async () => {
    const { caller, jti, user } = await auth.owner();
    const asked = Array.from({ length: 5 }, () => auth.bus.call(accounts.refresh, {}, caller));
    const given = (await Promise.allSettled(asked)).filter((one) => one.status === 'fulfilled');
    expect(given).toHaveLength(5);
    expect(new Set(given.map(({ value }) => claimsOf(value.access_token).jti)).size).toBe(1);
    expect(given[0]?.value).toEqual({ access_token: expect.any(String), expires_in: 2592000 });
    const fresh = claimsOf(given[0]?.value.access_token ?? '');
    expect(fresh.data.user_id).toBe(user.id);
    expect((await remembered()).map(({ id }) => id)).toContain(jti);
    expect((await remembered()).map(({ id }) => id)).not.toContain(fresh.jti);
  });

  it('gives nothing new to somebody whose account is locked', async () => {
    const { caller } = await auth.owner();
    await auth.database.query('update accounts set locked_at = now() where id = $1', [caller.identity?.accountId]);
    expect((await refusalOf(auth.bus.call(accounts.refresh, {}, caller))).code).toBe('unauthenticated');
  });

  it('goes with all others at a change of the password, but not the one that asked nor those that come after', async () => {
    const mine = await auth.owner();
    const other = await login(mine.user.email);
    const change = { old_password: PASSWORD, password: `${PASSWORD}, again` };
    await auth.bus.call(users.changePassword, change, mine.caller);
    const answer = await auth.bus.call(
      accounts.login,
      { email: mine.user.email, password: change.password },
      asStranger(),
    );
    const after = claimsOf(answer.user?.access_token ?? '');
    const ended = (token: { jti: string; iat: number }, told: SessionRevoked): boolean =>
      told.scope === 'token'
        ? told.id === token.jti
        : told.id === String(mine.user.id) && token.iat <= (told.before ?? 0) && told.except !== token.jti;
    const all = await remembered();
    const isEnded = (token: { jti: string; iat: number }): boolean => all.some((told) => ended(token, told));
    expect(isEnded(claimsOf(other.user.access_token))).toBe(true);
    expect(isEnded(claimsOf(mine.user.access_token))).toBe(false);
    expect(isEnded(after)).toBe(false);
  });

  it('is not handed out for the old password while it is being changed', async () => {
    const { user, caller, jti } = await auth.owner();
    const change = { old_password: PASSWORD, password: `${PASSWORD}, again` };
    const racing = Array.from({ length: 4 }, () => login(user.email));
    const changed = auth.bus.call(users.changePassword, change, caller);
    await Promise.allSettled([...racing, changed]);
    await changed;
    const live = 'select id from sessions where user_id = $1 and ended_at is null';
    expect(await auth.database.query(live, [user.id])).toEqual([{ id: jti }]);
  });

  it('is put into Redis again when Redis has forgotten it', async () => {
    const before = (await remembered()).length;
    await redis().del(key());
    await auth.service.app.get(RevocationSet, { strict: false }).sync(3600);
    expect((await remembered()).length).toBe(before);
  });
});
