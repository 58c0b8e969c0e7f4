import { accounts, secondFactors, userSessions } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD, type Person, refusalOf } from '../fixture/auth-under-test';
import { Authenticator, factorsOf, fieldError } from '../fixture/authenticator';

const WRONG_PASSWORD = fieldError('current_password', 'The current password is incorrect.');
const WRONG_CODE = fieldError('second_factor_code', 'The second factor code is incorrect.');

describe('second factors', () => {
  let auth: AuthUnderTest;
  const noticesTo = async ({ user }: Person) =>
    (await auth.emailsTo(user.email))
      .filter(({ template }) => template === 'account-notice')
      .map(({ params }) => params);
  const login = ({ user }: Person) =>
    auth.bus.call(accounts.login, { email: user.email, password: PASSWORD }, asStranger());

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('are set up with the password, confirmed with a code, and leave recovery codes that are stored hashed', async () => {
    const person = await auth.owner();
    const app = await Authenticator.proposed(auth, person);
    expect(await factorsOf(auth, person.caller)).toEqual({
      required: false,
      totp: false,
      totp_created_at: null,
      passkeys: [],
      recovery_codes_left: 0,
    });
    const code = await app.code();
    const { recovery_codes: codes } = await auth.bus.call(secondFactors.confirmTotp, { code }, person.caller);
    expect(new Set(codes).size).toBe(10);
    for (const one of codes) expect(one).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(await factorsOf(auth, person.caller)).toEqual({
      required: false,
      totp: true,
      totp_created_at: expect.any(String),
      passkeys: [],
      recovery_codes_left: 10,
    });
    const stored = JSON.stringify(
      await auth.database.query(
        `select encode(code_hash, 'escape') as hash, (select encode(secret, 'escape') from totp_factors t where t.user_id = c.user_id)
         from recovery_codes c where user_id = $1`,
        [person.user.id],
      ),
    );
    for (const secret of [app.secret, ...codes.map((one) => one.replaceAll('-', ''))])
      expect(stored).not.toContain(secret);
  });

  it('ask for the right password before anything is shown', async () => {
    const { caller } = await auth.owner();
    const start = (current_password: string) => auth.bus.call(secondFactors.startTotp, { current_password }, caller);
    expect(await refusalOf(start('some other river'))).toMatchObject(WRONG_PASSWORD);
    expect((await refusalOf(start(''))).fields).toHaveProperty('current_password');
  });

  it('are not set up by a wrong code, nor without a beginning, nor twice', async () => {
    const person = await auth.owner();
    const confirm = (code: string) => auth.bus.call(secondFactors.confirmTotp, { code }, person.caller);
    expect((await refusalOf(confirm('123456'))).code).toBe('conflict');
    const app = await Authenticator.proposed(auth, person);
    expect(await refusalOf(confirm(app.wrongCode()))).toMatchObject(fieldError('code', 'The code is incorrect.'));
    await confirm(await app.code());
    expect((await refusalOf(confirm(await app.code()))).code).toBe('conflict');
    const again = { current_password: PASSWORD, second_factor_code: await app.code() };
    expect((await refusalOf(auth.bus.call(secondFactors.startTotp, again, person.caller))).code).toBe('conflict');
  });

  it('change with password and code alone, and are told to user and owners, with an audit entry', async () => {
    const owner = await auth.owner();
    const person = await auth.member(owner, 'viewer');
    const { app, recoveryCodes } = await Authenticator.setUp(auth, person);
    const remove = (input: object) =>
      auth.bus.call(secondFactors.removeTotp, { current_password: PASSWORD, ...input }, person.caller);
    expect(await refusalOf(remove({}))).toMatchObject(
      fieldError('second_factor_code', 'The second factor code field is required.'),
    );
    expect(await refusalOf(remove({ second_factor_code: app.wrongCode() }))).toMatchObject(WRONG_CODE);
    expect(await refusalOf(remove({ second_factor_code: '0'.repeat(16) }))).toMatchObject(WRONG_CODE);
    const bad = { current_password: 'some other river', second_factor_code: recoveryCodes[0] ?? '' };
    expect(await refusalOf(remove(bad))).toMatchObject(WRONG_PASSWORD);
    await remove({ second_factor_code: recoveryCodes[0] });
    expect(await factorsOf(auth, person.caller)).toMatchObject({ totp: false, recovery_codes_left: 0 });
    for (const told of [owner, person]) {
      const kinds = (await noticesTo(told)).map(({ change }) => change);
      expect(kinds.slice(0, 3)).toEqual(['second-factor-removed', 'recovery-code-used', 'second-factor-added']);
    }
    const entries = await auth.database.query(
      `select action, after from audit_log where user_id = $1 and action ~ 'factors|recovery' order by id`,
      [person.user.id],
    );
    expect(entries).toEqual([
      { action: 'second-factors.create', after: { factor: 'totp' } },
      { action: 'recovery-codes.use', after: { left: 9 } },
      { action: 'second-factors.delete', after: null },
    ]);
    expect(await login(person)).toHaveProperty('user');
    expect((await refusalOf(remove({}))).code).toBe('not_found');
  });

  it('end the other sessions, and logins that are under way', async () => {
    const person = await auth.owner();
    await login(person);
    const { app } = await Authenticator.setUp(auth, person);
    expect(await auth.bus.call(userSessions.all, {}, person.caller)).toHaveLength(1);
    const { verification } = await login(person);
    const renewed = { current_password: PASSWORD, second_factor_code: await app.code() };
    const { recovery_codes } = await auth.bus.call(secondFactors.renewRecoveryCodes, renewed, person.caller);
    expect(recovery_codes).toHaveLength(10);
    const code = { verification_token: verification?.verification_token ?? '', verification_code: await app.code() };
    expect((await refusalOf(auth.bus.call(accounts.verifyEmail, code, asStranger()))).code).toBe(
      'verification_expired',
    );
  });

  it('have no recovery codes by themselves', async () => {
    const { caller } = await auth.owner();
    const renew = auth.bus.call(secondFactors.renewRecoveryCodes, { current_password: PASSWORD }, caller);
    expect((await refusalOf(renew)).code).toBe('conflict');
  });

  it('are their user’s own: others see, use and change nothing of them', async () => {
    const [person, other] = [await auth.owner(), await auth.owner()];
    const { app, recoveryCodes } = await Authenticator.setUp(auth, person);
    expect(await factorsOf(auth, other.caller)).toMatchObject({ totp: false, recovery_codes_left: 0 });
    await Authenticator.setUp(auth, other);
    for (const second_factor_code of [await app.code(), recoveryCodes[0] ?? '']) {
      const input = { current_password: PASSWORD, second_factor_code };
      expect(await refusalOf(auth.bus.call(secondFactors.removeTotp, input, other.caller))).toMatchObject(WRONG_CODE);
    }
    expect(await factorsOf(auth, person.caller)).toMatchObject({ totp: true, recovery_codes_left: 10 });
  });
});
