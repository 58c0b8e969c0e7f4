import { accounts, type SessionRevoked, sessionRevoked } from '@open-cpo/contracts';
import { Broker } from '@open-cpo/messaging';
import { asStranger } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD } from '../fixture/auth-under-test';

describe('while Redis is away', () => {
  let auth: AuthUnderTest;
  const heard: SessionRevoked[] = [];

  beforeAll(async () => {
    // Port 1 has no server.
    auth = await AuthUnderTest.start({ REDIS_URL: 'redis://127.0.0.1:1' });
    const nats = auth.service.app.get(Broker, { strict: false }).connection();
    nats.subscribe(sessionRevoked.filter, {
      callback: (_error, message) => void heard.push(message.json<SessionRevoked>()),
    });
    await nats.flush();
  });

  afterAll(() => auth.stop());

  it('people register, verify and log in', async () => {
    const { user } = await auth.owner();
    const answer = await auth.bus.call(accounts.login, { email: user.email, password: PASSWORD }, asStranger());
    expect(answer).toHaveProperty('user');
  });

  it('a token that is ended is ended: gateways hear of it, and the table remembers it for Redis', async () => {
    const { caller, jti } = await auth.owner();
    await auth.bus.call(accounts.logout, {}, caller);
    await auth.service.app.get(Broker, { strict: false }).flush();
    expect(heard.map(({ id }) => id)).toContain(jti);
    expect(await auth.database.query(`select 1 from revocations where told->>'id' = $1`, [jti])).toHaveLength(1);
  });
});
