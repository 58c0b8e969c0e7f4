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

  it('ends after ten wrong ones, for known and unknown addresses alike, and says for how long', async () => {
    const { user } = await auth.owner();
    for (const email of [user.email, address()]) {
      for (let n = 0; n < 10; n += 1) expect(await wrong(email)).toBe('credentials_rejected');
      const refusal = await refusalOf(login(email, PASSWORD));
      expect(refusal).toMatchObject({ code: 'too_many_requests', kind: 'too-many' });
      expect(refusal.retryAfter).toBeGreaterThan(60);
      expect(refusal.retryAfter).toBeLessThanOrEqual(900);
    }
  });

  it('counts fifty at once like fifty in a row', async () => {
    const email = address();
    const codes = await Promise.all(Array.from({ length: 50 }, () => wrong(email)));
    expect(codes.filter((code) => code === 'credentials_rejected').length).toBeLessThanOrEqual(10);
  });

  it('starts anew after the right one', async () => {
    const { user } = await auth.owner();
    for (let round = 0; round < 2; round += 1) {
      for (let n = 0; n < 9; n += 1) expect(await wrong(user.email)).toBe('credentials_rejected');
      expect(await login(user.email, PASSWORD)).toHaveProperty('user');
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

  it('is counted over all replicas', async () => {
    const replica = await auth.replica();
    const attempts = replica.app.get(Attempts, { strict: false });
    const email = address();
    for (let n = 0; n < 5; n += 1) await attempts.spend('password', email, asStranger());
    for (let n = 0; n < 5; n += 1) expect(await wrong(email)).toBe('credentials_rejected');
    expect(await wrong(email)).toBe('too_many_requests');
    await expect(attempts.spend('password', email, asStranger())).rejects.toMatchObject({ code: 'too_many_requests' });
    await replica.stop();
  });

  it('is counted by each replica itself while Redis is away', async () => {
    const env = { DATABASE_URL: auth.database.url, SECRETS_KEY: auth.config.secretsKey };
    const config = testConfig(AuthConfig, auth.broker, env);
    const app = await startTestApp({ broker: auth.broker, module: AppModule.forRoot(config), config });
    const attempts = app.get(Attempts, { strict: false });
    const email = address();
    for (let n = 0; n < 10; n += 1) await attempts.spend('password', email, asStranger());
    await expect(attempts.spend('password', email, asStranger())).rejects.toMatchObject({ code: 'too_many_requests' });
    await attempts.clear('password', email, asStranger());
    await attempts.spend('password', email, asStranger());
    await stopTestApp(app);
  });
});
