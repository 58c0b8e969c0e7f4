import { accountSecurity, secondFactors, sessions } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD, type Person, refusalOf } from '../fixture/auth-under-test';
import { Authenticator, factorsOf, fieldError } from '../fixture/authenticator';

describe('a second factor that an account requires', () => {
  let auth: AuthUnderTest;
  let owner: Person;
  let app: Authenticator;
  let member: Person;
  let rival: Person;
  const set = async (second_factor_required: boolean, more: object = {}) => {
    const input = { second_factor_required, current_password: PASSWORD, second_factor_code: await app.code(), ...more };
    return auth.bus.call(accountSecurity.set, input, owner.caller);
  };
  const isMissing = async ({ user }: Person) =>
    (await auth.bus.call(sessions.snapshot, { userId: user.id }, asStranger())).secondFactorMissing;
  const kindsTo = async ({ user }: Person) =>
    (await auth.emailsTo(user.email)).flatMap(({ params }) => params.change ?? []);

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    [owner, rival] = [await auth.owner(), await auth.owner()];
    member = await auth.member(owner, 'admin');
  });

  afterAll(() => auth.stop());

  it('is required by somebody who has one', async () => {
    const input = { second_factor_required: true, current_password: PASSWORD };
    expect(await refusalOf(auth.bus.call(accountSecurity.set, input, owner.caller))).toMatchObject(
      fieldError('second_factor_required', 'Set up a second factor of your own first.'),
    );
    expect(await auth.bus.call(accountSecurity.shown, {}, owner.caller)).toEqual({
      second_factor_required: false,
      members_without_second_factor: 2,
    });
    ({ app } = await Authenticator.setUp(auth, owner));
    expect(await set(true)).toEqual({ second_factor_required: true, members_without_second_factor: 1 });
  });

  it('is told to owners and gateways, with an audit entry, and concerns no other account', async () => {
    expect(await kindsTo(owner)).toContain('second-factor-required');
    expect([await isMissing(owner), await isMissing(member), await isMissing(rival)]).toEqual([false, true, false]);
    expect(await factorsOf(auth, member.caller)).toMatchObject({ required: true, totp: false });
    expect(await factorsOf(auth, rival.caller)).toMatchObject({ required: false });
    const entries = await auth.database.query(
      `select user_id, before, after from audit_log where action = 'accounts.require-second-factor'`,
    );
    expect(entries).toEqual([{ user_id: owner.user.id, before: { required: false }, after: { required: true } }]);
    await set(true);
    expect((await kindsTo(owner)).filter((kind) => kind === 'second-factor-required')).toHaveLength(1);
  });

  it('is there as soon as the member has set it up, and missing once it is removed', async () => {
    const { app: own } = await Authenticator.setUp(auth, member);
    expect(await isMissing(member)).toBe(false);
    const input = { current_password: PASSWORD, second_factor_code: await own.code() };
    await auth.bus.call(secondFactors.removeTotp, input, member.caller);
    expect(await isMissing(member)).toBe(true);
  });

  it('is optional again only with password and code', async () => {
    expect(await refusalOf(set(false, { current_password: 'some other river' }))).toMatchObject(
      fieldError('current_password', 'The current password is incorrect.'),
    );
    expect(await refusalOf(set(false, { second_factor_code: app.wrongCode() }))).toMatchObject(
      fieldError('second_factor_code', 'The second factor code is incorrect.'),
    );
    expect(await set(false)).toMatchObject({ second_factor_required: false });
    expect(await isMissing(member)).toBe(false);
    expect(await kindsTo(owner)).toContain('second-factor-optional');
  });
});
