import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { accounts, Refusal, sessions } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, refusalOf } from '../fixture/auth-under-test';

describe('logging in', () => {
  let auth: AuthUnderTest;
  const login = (email: string, password = PASSWORD, more: object = {}) =>
    auth.bus.call(accounts.login, { email, password, ...more }, asStranger());
  const bytes = (refusal: Refusal) => JSON.stringify(refusal.toWire());

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('gives the user a token and remembers the device', async () => {
    const { user } = await auth.owner();
    const devices = { device_imei: 'imei-1', device_token: 'push-1' };
    const answer = await login(user.email.toUpperCase(), PASSWORD, devices);
    expect(answer).toEqual({ user: { ...user, access_token: expect.any(String) } });
    expect(answer.user?.access_token).not.toBe(user.access_token);
    const kept = await auth.database.query('select imei, push_token from devices where user_id = $1', [user.id]);
    expect(kept).toEqual([{ imei: 'imei-1', push_token: 'push-1' }]);
  });

  it('tells a wrong password and an unknown address in the same bytes', async () => {
    const { user } = await auth.owner();
    const wrong = await refusalOf(login(user.email, 'not the password'));
    const unknown = await refusalOf(login(address(), 'not the password'));
    expect(wrong).toMatchObject({ code: 'credentials_rejected', kind: 'invalid' });
    expect(wrong.message).toBe('These credentials do not match our records.');
    expect(bytes(wrong)).toBe(bytes(unknown));
  });

  it('begins a verification while the address is not proven, for the right password alone', async () => {
    const email = address();
    const input = { email, password: PASSWORD, first_name: 'A', last_name: 'B', country_id: 1 };
    await auth.bus.call(accounts.register, input, asStranger());
    expect((await refusalOf(login(email, 'not the password'))).code).toBe('credentials_rejected');
    const { verification, user } = await login(email);
    expect(user).toBeUndefined();
    expect(verification).toMatchObject({ require_verification: 1, available_attempts: 3 });
    const code = {
      verification_token: verification?.verification_token ?? '',
      verification_code: await auth.codeFor(email),
    };
    expect(await auth.bus.call(accounts.verifyEmail, code, asStranger())).toMatchObject({ email });
  });

  it('is shut for a locked account, whose password must be right to learn that', async () => {
    const { user, caller } = await auth.owner();
    await auth.database.query('update accounts set locked_at = now() where id = $1', [caller.identity?.accountId]);
    expect((await refusalOf(login(user.email))).code).toBe('account_locked');
    expect((await refusalOf(login(user.email, 'not the password'))).code).toBe('credentials_rejected');
    const snapshot = await auth.bus.call(sessions.snapshot, { userId: user.id }, caller);
    expect(snapshot.active).toBe(false);
  });

  it('brings a hash of former settings up to date, also for ten at once', async () => {
    const { user } = await auth.owner();
    const old = await hash(PASSWORD, { memoryCost: 4096, timeCost: 1, parallelism: 1 });
    await auth.database.query('update users set password_hash = $2 where id = $1', [user.id, old]);
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => login(user.email)));
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
    const [row] = await auth.database.query<{ hash: string }>('select password_hash as hash from users where id = $1', [
      user.id,
    ]);
    expect(row?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await login(user.email)).toHaveProperty('user');
  });

  it('is answered again, token and all, under the same Idempotency-Key', async () => {
    const { user } = await auth.owner();
    const caller = { ...asStranger({ ip: '192.0.2.77' }), idempotencyKey: randomUUID() };
    const ask = () => auth.bus.bytes(accounts.login, { email: user.email, password: PASSWORD }, caller);
    const [first, second] = [await ask(), await ask()];
    expect(Buffer.from(second.bytes).equals(Buffer.from(first.bytes))).toBe(true);
    expect(second.replayed).toBe(true);
  });
});
