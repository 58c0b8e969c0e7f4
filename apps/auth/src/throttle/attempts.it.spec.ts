import { accounts } from '@open-cpo/contracts';
import { asStranger, startTestApp, stopTestApp, testConfig } from '@open-cpo/testing';
import { AppModule } from '../app.module';
import { AuthConfig } from '../config';
import { address, AuthUnderTest, PASSWORD, refusalOf } from '../fixture/auth-under-test';
import { Attempts } from './attempts';

describe('guessing passwords', () => {
  let auth: AuthUnderTest;
  const login = (email: string, password: string, ip?: string) =>
    auth.bus.call(accounts.login, { email, password }, asStranger({ ip }));
  const wrong = async (email: string, ip?: string) => (await refusalOf(login(email, 'not the password', ip))).code;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('is slowed down after ten wrong ones, for known and unknown addresses alike, and says for how long', async () => {
    const { user } = await auth.owner();
    for (const email of [user.email, address()]) {
      // The first one beyond the ten is that of the minute.
      for (let n = 0; n < 11; n += 1) expect(await wrong(email)).toBe('credentials_rejected');
      const refusal = await refusalOf(login(email, PASSWORD));
      expect(refusal).toMatchObject({ code: 'too_many_requests', kind: 'too-many' });
      expect(refusal.retryAfter).toBeGreaterThan(0);
      expect(refusal.retryAfter).toBeLessThanOrEqual(60);
    }
  });

  it('leaves the owner a way in on a network that they have used, and tells those who guess there nothing', async () => {
    const { user } = await auth.owner();
    await login(user.email, PASSWORD, '198.51.100.7');
    for (let n = 0; n < 12; n += 1) await wrong(user.email, '198.51.100.9');
    expect(await wrong(user.email, '198.51.100.9')).toBe('too_many_requests');
    expect(await login(user.email, PASSWORD, '198.51.100.9')).toHaveProperty('user');
  });

  it('by strangers on many networks costs the owner nothing elsewhere', async () => {
    const { user } = await auth.owner();
    await login(user.email, PASSWORD, '198.51.100.7');
    const codes = [];
    for (let n = 0; n < 34; n += 1) codes.push(await wrong(user.email, `203.0.${n}.1`));
    expect(codes.filter((code) => code === 'credentials_rejected')).toHaveLength(31);
    expect(await wrong(user.email, '198.51.100.7')).toBe('credentials_rejected');
    expect(await login(user.email, PASSWORD, '198.51.100.7')).toHaveProperty('user');
  });

  it('by strangers on a few networks leaves the owner a way in on a new one', async () => {
    const { user } = await auth.owner();
    for (const last of [1, 2, 3, 4]) for (let n = 0; n < 9; n += 1) await wrong(user.email, `203.0.113.${last}`);
    expect(await wrong(user.email, '203.0.113.4')).toBe('too_many_requests');
    expect(await login(user.email, PASSWORD, '198.51.100.7')).toHaveProperty('user');
  });

  it('counts the addresses of one IPv6 /64 as one', async () => {
    const email = address();
    for (let n = 0; n < 11; n += 1) expect(await wrong(email, `2001:db8:1:2::${n + 1}`)).toBe('credentials_rejected');
    expect(await wrong(email, '2001:db8:1:2:ffff::1')).toBe('too_many_requests');
    expect(await wrong(email, '2001:db8:1:3::1')).toBe('credentials_rejected');
  });

  it('counts fifty at once like fifty in a row', async () => {
    const email = address();
    const codes = await Promise.all(Array.from({ length: 50 }, () => wrong(email)));
    expect(codes.filter((code) => code === 'credentials_rejected').length).toBeLessThanOrEqual(11);
  });

  it('starts anew after the right one', async () => {
    const { user } = await auth.owner();
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 9; n += 1) expect(await wrong(user.email)).toBe('credentials_rejected');
      expect(await login(user.email, PASSWORD)).toHaveProperty('user');
    }
  });

  it('is not started anew by the password of a registration that a stranger made for the address', async () => {
    const { user } = await auth.owner();
    const registered = 'the password of a stranger';
    for (const email of [user.email, address()]) {
      const input = { email, password: registered, first_name: 'A', last_name: 'B', country_id: 1 };
      await auth.bus.call(accounts.register, input, asStranger());
      for (let n = 0; n < 9; n += 1) expect(await wrong(email)).toBe('credentials_rejected');
      expect(await login(email, registered)).toHaveProperty('verification');
      // The eleventh is that of the minute.
      expect(await wrong(email)).toBe('credentials_rejected');
      expect(await wrong(email)).toBe('too_many_requests');
    }
  });

  it('is counted by network address over many accounts, and right ones do not count', async () => {
    const ip = '192.0.2.1';
    const { user } = await auth.owner();
    for (let n = 0; n < 25; n += 1) expect(await wrong(address(), ip)).toBe('credentials_rejected');
    for (let n = 0; n < 8; n += 1) expect(await login(user.email, PASSWORD, ip)).toHaveProperty('user');
    for (let n = 0; n < 5; n += 1) expect(await wrong(address(), ip)).toBe('credentials_rejected');
    expect(await wrong(address(), ip)).toBe('too_many_requests');
    expect(await wrong(address(), '192.0.2.2')).toBe('credentials_rejected');
  });

  it('does not keep who reads the mails from resetting the password', async () => {
    const { user } = await auth.owner();
    for (let n = 0; n < 11; n += 1) await wrong(user.email);
    const { verification_token } = await auth.bus.call(accounts.resetPassword, { email: user.email }, asStranger());
    const verification_code = await auth.codeFor(user.email);
    await auth.bus.call(accounts.verifyReset, { verification_token, verification_code }, asStranger());
    expect(await login(user.email, PASSWORD)).toHaveProperty('user');
  });

  it('at codes of mails and of second factors have budgets of their own', async () => {
    const attempts = auth.service.app.get(Attempts, { strict: false });
    const email = address();
    const held = { retryAfter: expect.any(Number) };
    const kinds = ['password', 'code', 'second-factor'] as const;
    for (const spent of kinds) {
      for (let n = 0; n < 11; n += 1) expect(await attempts.spend(spent, email, asStranger(), true)).toBeUndefined();
      const over = attempts.spend(spent, email, asStranger(), true);
      if (spent === 'password') expect(await over).toEqual(held);
      else expect((await refusalOf(over)).code).toBe('too_many_requests');
    }
    await attempts.clear('code', email, asStranger(), false);
    expect((await refusalOf(attempts.spend('second-factor', email, asStranger(), true))).code).toBe(
      'too_many_requests',
    );
  });

  it('is counted over all replicas', async () => {
    const replica = await auth.replica();
    const attempts = replica.app.get(Attempts, { strict: false });
    const email = address();
    for (let n = 0; n < 5; n += 1) await attempts.spend('password', email, asStranger(), false);
    for (let n = 0; n < 6; n += 1) expect(await wrong(email)).toBe('credentials_rejected');
    expect(await wrong(email)).toBe('too_many_requests');
    const held = { retryAfter: expect.any(Number) };
    expect(await attempts.spend('password', email, asStranger(), false)).toEqual(held);
    await replica.stop();
  });

  it('is counted by each replica itself while Redis is away', async () => {
    const env = { DATABASE_URL: auth.database.url, SECRETS_KEY: auth.config.secretsKey };
    const config = testConfig(AuthConfig, auth.broker, env);
    const app = await startTestApp({ broker: auth.broker, module: AppModule.forRoot(config), config });
    const attempts = app.get(Attempts, { strict: false });
    const email = address();
    for (let n = 0; n < 11; n += 1) await attempts.spend('password', email, asStranger(), false);
    expect(await attempts.spend('password', email, asStranger(), false)).toHaveProperty('retryAfter');
    await attempts.clear('password', email, asStranger(), false);
    await attempts.spend('password', email, asStranger(), false);
    await stopTestApp(app);
  });
});
