import { accounts, members, sessions } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, refusalOf } from '../fixture/auth-under-test';

const NEW_PASSWORD = 'quite another river';

describe('resetting a password', () => {
  let auth: AuthUnderTest;
  const ask = (email: string) => auth.bus.call(accounts.resetPassword, { email }, asStranger());
  const enter = (input: { verification_token: string; verification_code: string; password?: string }) =>
    auth.bus.call(accounts.verifyReset, input, asStranger());
  const login = (email: string, password: string) => auth.bus.call(accounts.login, { email, password }, asStranger());
  const begun = async (email: string) => {
    const { verification_token } = await ask(email);
    return { verification_token, verification_code: await auth.codeFor(email) };
  };

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('mails a code, and with a new password ends all other tokens', async () => {
    const { user, jti } = await auth.owner();
    const code = await begun(user.email);
    const [mail] = await auth.emailsTo(user.email);
    expect(mail).toMatchObject({ template: 'reset-password', params: { minutes: '10', name: 'Amina' } });
    const answer = await enter({ ...code, password: NEW_PASSWORD });
    expect(answer).toEqual({ ...user, access_token: expect.any(String) });
    expect((await refusalOf(login(user.email, PASSWORD))).code).toBe('credentials_rejected');
    expect(await login(user.email, NEW_PASSWORD)).toHaveProperty('user');
    const ended = await auth.database.query('select ended_at is not null as ended from sessions where id = $1', [jti]);
    expect(ended).toEqual([{ ended: true }]);
    expect((await auth.emailsTo(user.email))[0]).toMatchObject({ template: 'password-changed' });
  });

  it('only logs in when no new password is sent', async () => {
    const { user } = await auth.owner();
    expect(await enter(await begun(user.email))).toMatchObject({ id: user.id, access_token: expect.any(String) });
    expect(await login(user.email, PASSWORD)).toHaveProperty('user');
  });

  it('answers an unknown address like a known one, and mails nobody', async () => {
    const { user } = await auth.owner();
    const email = address();
    const [known, unknown] = [await ask(user.email), await ask(email)];
    const without = (shown: object) => ({ ...shown, verification_token: '', sent_to: '' });
    expect(without(known)).toEqual(without(unknown));
    expect(await auth.emailsTo(email)).toMatchObject([{ template: 'reset-password', state: 'mute' }]);
    const code = { verification_token: unknown.verification_token, verification_code: await auth.codeFor(email) };
    expect(await refusalOf(enter(code))).toMatchObject({ code: 'incorrect_code', data: { available_attempts: 2 } });
  });

  it('refuses a password that will not do without spending an attempt', async () => {
    const { user } = await auth.owner();
    const code = await begun(user.email);
    const bad = { ...code, password: NEW_PASSWORD, password_confirmation: 'something else' };
    expect((await refusalOf(enter(bad))).fields).toEqual({
      password: ['The password field confirmation does not match.'],
    });
    expect((await refusalOf(enter({ ...code, password: 'password1' }))).fields).toHaveProperty('password');
    expect(await enter(code)).toMatchObject({ id: user.id });
  });

  it('has codes of its own: one of a registration is none', async () => {
    const email = address();
    const input = { email, password: PASSWORD, first_name: 'A', last_name: 'B', country_id: 1 };
    const { verification_token } = await auth.bus.call(accounts.register, input, asStranger());
    const verification_code = await auth.codeFor(email);
    expect((await refusalOf(enter({ verification_token, verification_code }))).code).toBe('verification_expired');
  });

  it('sends another code after the wait', async () => {
    const { user } = await auth.owner();
    const { verification_token } = await ask(user.email);
    const resend = () => auth.bus.call(accounts.resendReset, { verification_token }, asStranger());
    expect((await refusalOf(resend())).code).toBe('resend_too_early');
    await auth.database.query(`update verifications set resend_at = now() where email = $1`, [user.email]);
    expect(await resend()).toMatchObject({ can_resend_in_seconds: 120, available_attempts: 2 });
    const verification_code = await auth.codeFor(user.email);
    expect(await enter({ verification_token, verification_code })).toMatchObject({ id: user.id });
  });

  it('accepts no invitation, however many there are', async () => {
    const [owner, other] = [await auth.owner(), await auth.owner()];
    const email = address();
    for (const { caller } of [owner, other]) await auth.bus.call(members.invite, { email, role: 'manager' }, caller);
    const { verification_token } = await ask(email);
    expect((await auth.emailsTo(email))[0]).toMatchObject({ template: 'reset-password', state: 'mute' });
    const verification_code = await auth.codeFor(email);
    expect((await refusalOf(enter({ verification_token, verification_code }))).code).toBe('incorrect_code');
    for (const { caller } of [owner, other]) {
      const [invited] = await auth.bus.call(members.all, {}, caller);
      expect(invited).toMatchObject({ email, status: 'invited' });
    }
  });

  it('leaves somebody with a login in their own account, whoever has invited them', async () => {
    const [owner, { user, caller }] = [await auth.owner(), await auth.owner()];
    await auth.bus.call(members.invite, { email: user.email, role: 'admin' }, owner.caller);
    const joined = await enter({ ...(await begun(user.email)), password: NEW_PASSWORD });
    const snapshot = await auth.bus.call(sessions.snapshot, { userId: joined.id ?? 0 }, asStranger());
    expect(snapshot).toMatchObject({ role: 'owner', accountId: caller.identity?.accountId });
  });
});
