import { accounts, userSessions } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD } from '../fixture/auth-under-test';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0';

describe('an entry', () => {
  let auth: AuthUnderTest;
  const home = { ip: '192.0.2.7', userAgent: FIREFOX };
  const login = (email: string, from: object) =>
    auth.bus.call(accounts.login, { email, password: PASSWORD }, asStranger(from));
  const templates = async (email: string) => (await auth.emailsTo(email)).map(({ template }) => template);
  const audited = (userId: number, action: string) =>
    auth.database.query('select account_id, after from audit_entries where user_id = $1 and action = $2', [
      userId,
      action,
    ]);

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('from a new device is told by mail and in the audit log, once', async () => {
    const { user, caller } = await auth.owner();
    await login(user.email, home);
    expect(await templates(user.email)).toEqual(['new-device', 'verify-email']);
    await login(user.email, { ...home, ip: '192.0.2.99' });
    expect(await templates(user.email)).toEqual(['new-device', 'verify-email']);
    await login(user.email, { ...home, ip: '192.0.3.7' });
    expect(await templates(user.email)).toEqual(['new-device', 'new-device', 'verify-email']);
    const [mail] = await auth.emailsTo(user.email);
    expect(mail?.params).toMatchObject({ name: user.first_name, device: 'Firefox on Windows', address: '192.0.3.7' });
    expect(await audited(user.id, 'users.enter-from-new-device')).toContainEqual({
      account_id: caller.identity?.accountId,
      after: { device: 'Firefox on Windows', address: '192.0.3.7' },
    });
  });

  it('by a reset code alone is told by mail, in the audit log and in the list of sessions', async () => {
    const { user, caller } = await auth.owner();
    const { verification_token } = await auth.bus.call(accounts.resetPassword, { email: user.email }, asStranger());
    const code = { verification_token, verification_code: await auth.codeFor(user.email) };
    await auth.bus.call(accounts.verifyReset, code, asStranger(home));
    expect((await templates(user.email))[0]).toBe('entered-by-code');
    const entries = [
      { account_id: caller.identity?.accountId, after: { device: 'Firefox on Windows', address: home.ip } },
    ];
    expect(await audited(user.id, 'users.enter-by-code')).toEqual(entries);
    const listed = await auth.bus.call(userSessions.all, {}, caller);
    expect(listed.map(({ method }) => method).sort()).toEqual(['registration', 'reset-code']);
    expect(await login(user.email, home)).toHaveProperty('user');
  });

  it('with a new password is told as such alone', async () => {
    const { user } = await auth.owner();
    const { verification_token } = await auth.bus.call(accounts.resetPassword, { email: user.email }, asStranger());
    const code = { verification_token, verification_code: await auth.codeFor(user.email) };
    await auth.bus.call(accounts.verifyReset, { ...code, password: 'a wholly different one' }, asStranger());
    expect((await templates(user.email))[0]).toBe('password-changed');
    expect(await audited(user.id, 'users.change-password')).toHaveLength(1);
  });
});
