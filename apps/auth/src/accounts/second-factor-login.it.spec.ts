import { accounts, secondFactors, userSessions } from '@open-cpo/contracts';
import { asStranger, reference } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, type Person, refusalOf } from '../fixture/auth-under-test';
import { Authenticator } from '../fixture/authenticator';

const NEW_PASSWORD = 'quite another river';

describe('a login with a second factor', () => {
  let auth: AuthUnderTest;
  const login = (email: string, more: object = {}) =>
    auth.bus.call(accounts.login, { email, password: PASSWORD, ...more }, asStranger());
  const waiting = async ({ user }: Person, more: object = {}) => {
    const { verification, user: entered } = await login(user.email, more);
    expect(entered).toBeUndefined();
    return verification?.verification_token ?? '';
  };
  const enter = (verification_token: string, verification_code: string) =>
    auth.bus.call(accounts.verifyEmail, { verification_token, verification_code }, asStranger());
  const templates = async (email: string) => (await auth.emailsTo(email)).map(({ template }) => template);
  const withApp = async () => {
    const person = await auth.owner();
    return { person, ...(await Authenticator.setUp(auth, person)) };
  };

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('answers the documented verification, and mails nothing', async () => {
    const { person } = await withApp();
    const before = await templates(person.user.email);
    const { verification } = await login(person.user.email);
    expect(verification).toEqual({
      require_verification: 1,
      verification_token: expect.stringMatching(/^[0-9a-f-]{36}$/),
      can_resend_in_seconds: expect.any(Number),
      available_attempts: 3,
      sent_to: 'authenticator app',
    });
    const [operation] = reference.OPERATIONS.filter(({ number }) => number === 1);
    if (!operation) throw new Error('There is no operation #1.');
    const { shape } = reference.answerOf(operation, { status: 202 });
    const answer = { data: verification, success: 1, message: 'x' };
    expect(reference.mismatches(answer, shape).filter((one) => !one.startsWith('$.message'))).toEqual([]);
    expect(await templates(person.user.email)).toEqual(before);
  });

  it('is let in by a code, which is good once', async () => {
    const { person, app } = await withApp();
    const token = await waiting(person, { device_imei: '356938035643809', device_token: 'push' });
    const code = await app.code();
    const user = await enter(token, code);
    expect(user).toEqual({ ...person.user, access_token: expect.any(String) });
    const { caller } = await auth.person(user);
    expect((await auth.bus.call(userSessions.all, {}, caller))[0]).toMatchObject({ method: 'second-factor' });
    expect(await auth.database.query('select imei from devices where user_id = $1', [user.id])).toEqual([
      { imei: '356938035643809' },
    ]);
    expect((await refusalOf(enter(await waiting(person), code))).code).toBe('incorrect_code');
    expect((await refusalOf(enter(token, await app.code()))).code).toBe('verification_expired');
  });

  it('takes a code once of twenty at once', async () => {
    const { person, app } = await withApp();
    const tokens = await Promise.all(Array.from({ length: 5 }, () => waiting(person)));
    const code = await app.code();
    const outcomes = await Promise.all(
      tokens.map((token) =>
        enter(token, code).then(
          () => 'in',
          () => 'refused',
        ),
      ),
    );
    expect(outcomes.filter((one) => one === 'in')).toHaveLength(1);
  });

  it('is let in by a recovery code, however it is typed, once', async () => {
    const { person, recoveryCodes } = await withApp();
    const [code = ''] = recoveryCodes;
    const { input } = { input: code.toLowerCase().replaceAll('-', ' ') };
    await enter(await waiting(person), input);
    expect((await refusalOf(enter(await waiting(person), code))).code).toBe('incorrect_code');
    expect((await auth.emailsTo(person.user.email))[0]).toMatchObject({
      template: 'account-notice',
      params: { change: 'recovery-code-used', left: '9' },
    });
  });

  it('counts wrong codes down to none, in the documented shape', async () => {
    const { person, app } = await withApp();
    const token = await waiting(person);
    for (const left of [2, 1, 0]) {
      const refusal = await refusalOf(enter(token, app.wrongCode()));
      expect(refusal).toMatchObject({ code: 'incorrect_code', message: 'Incorrect verification code.' });
      expect(refusal.data).toMatchObject({ available_attempts: left, sent_to: 'authenticator app' });
    }
    expect(await refusalOf(enter(token, await app.code()))).toMatchObject({
      code: 'verification_expired',
      data: { available_attempts: 0 },
    });
  });

  it('has a budget of wrong codes over all its logins', async () => {
    const { person, app } = await withApp();
    const codes: string[] = [];
    for (let n = 0; n < 12; n += 1) codes.push((await refusalOf(enter(await waiting(person), app.wrongCode()))).code);
    expect(codes.slice(0, 10)).toEqual(Array(10).fill('incorrect_code'));
    expect(codes.at(-1)).toBe('too_many_requests');
  });

  it('sends no code again', async () => {
    const { person } = await withApp();
    const verification_token = await waiting(person);
    const refusal = await refusalOf(auth.bus.call(accounts.resendVerification, { verification_token }, asStranger()));
    expect(refusal).toMatchObject({ code: 'resend_too_early', data: { available_attempts: 3 } });
  });

  it('is not finished by a code of a letter’s length, nor a letter’s verification by an app’s', async () => {
    const { person, app } = await withApp();
    expect((await refusalOf(enter(await waiting(person), '1234'))).code).toBe('incorrect_code');
    const input = { email: address(), password: PASSWORD, first_name: 'A', last_name: 'B', country_id: 1 };
    const { verification_token } = await auth.bus.call(accounts.register, input, asStranger());
    expect(await refusalOf(enter(verification_token, await app.code()))).toMatchObject({
      fields: { verification_code: ['The verification code field must be 4 digits.'] },
    });
  });

  it('is over when the password changes meanwhile', async () => {
    const { person, app } = await withApp();
    const token = await waiting(person);
    const { verification_token } = await auth.bus.call(
      accounts.resetPassword,
      { email: person.user.email },
      asStranger(),
    );
    const verification_code = await auth.codeFor(person.user.email);
    const reset = { verification_token, verification_code, password: NEW_PASSWORD };
    await auth.bus.call(accounts.verifyReset, reset, asStranger());
    expect((await refusalOf(enter(token, await app.code()))).code).toBe('verification_expired');
  });

  it.each([[undefined], [NEW_PASSWORD]])('is asked for after a reset, with the new password %s', async (password) => {
    const { person, app } = await withApp();
    const { email } = person.user;
    const { verification_token } = await auth.bus.call(accounts.resetPassword, { email }, asStranger());
    const code = { verification_token, verification_code: await auth.codeFor(email) };
    const answer = await auth.bus.call(accounts.verifyReset, { ...code, password }, asStranger());
    expect(Object.keys(answer)).toEqual(['verification']);
    const token = answer.verification?.verification_token ?? '';
    expect((await refusalOf(enter(token, app.wrongCode()))).code).toBe('incorrect_code');
    expect(await enter(token, await app.code())).toMatchObject({
      id: person.user.id,
      access_token: expect.any(String),
    });
    const told = await templates(email);
    expect(told[0]).toBe(password ? 'password-changed' : 'entered-by-code');
  });

  it('is no second factor before it is confirmed', async () => {
    const person = await auth.owner();
    await Authenticator.proposed(auth, person);
    expect(await login(person.user.email)).toHaveProperty('user');
  });

  it('shows nothing before the password is right', async () => {
    const [{ person }, plain] = [await withApp(), await auth.owner()];
    const answers = [];
    for (const { user } of [person, plain]) {
      const wrong = await refusalOf(login(user.email, { password: 'some other river' }));
      const reset = await auth.bus.call(accounts.resetPassword, { email: user.email }, asStranger());
      answers.push([wrong.toWire(), { ...reset, verification_token: '', sent_to: '' }]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('does not ask a second account anything', async () => {
    const { app } = await withApp();
    const other = await auth.owner();
    expect(await login(other.user.email)).toHaveProperty('user');
    const { app: own } = await Authenticator.setUp(auth, other);
    const token = await waiting(other);
    expect((await refusalOf(enter(token, await app.code()))).code).toBe('incorrect_code');
    expect(await enter(token, await own.code())).toMatchObject({ id: other.user.id });
    expect(await auth.bus.call(secondFactors.all, {}, other.caller)).toMatchObject({ totp: true });
  });
});
