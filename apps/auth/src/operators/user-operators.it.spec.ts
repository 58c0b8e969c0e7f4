import {
  accounts,
  apiKeys,
  type PersonalRow,
  Refusal,
  sessionRevoked,
  sessions,
  userOperators,
  userSessions,
} from '@open-cpo/contracts';
import { allRows, internalCaller } from '@open-cpo/messaging';
import { asStranger } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD, type Person, refusalOf } from '../fixture/auth-under-test';
import { Authenticator, factorsOf } from '../fixture/authenticator';
import { ReceivedEvents } from '../fixture/received-events';

const by = 'sam@desk-3';
const reason = 'asked by letter';

describe('an operator who helps a user', () => {
  let auth: AuthUnderTest;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth?.stop());

  const command = ({ user }: Person) => ({ userId: user.id, reason, by });
  const unknown = { userId: 2_000_000_000, reason, by };
  const login = ({ user }: Person) =>
    auth.bus.call(accounts.login, { email: user.email, password: PASSWORD }, asStranger());
  const audited = (action: string, { user }: Person) =>
    auth.database.query(
      'select account_id, subject_id, before, after from audit_log where action = $1 and user_id = $2',
      [action, user.id],
    );
  const exported = (input: typeof unknown) =>
    allRows<PersonalRow>(auth.bus.stream(userOperators.exportUser, input, internalCaller()));

  it('exports what is held of them, as their own export does, and of nobody else', async () => {
    const owner = await auth.owner();
    const member = await auth.member(owner, 'viewer');
    const rows = await exported(command(member));
    expect(rows.map(({ section }) => section)).toEqual(expect.arrayContaining(['user', 'session', 'audit entry']));
    const text = JSON.stringify(rows);
    expect(text).toContain(member.user.email);
    expect(text).not.toContain(owner.user.email);
    expect(text).not.toMatch(/password_hash|argon2|token_hash/);
    expect(await audited('users.export', member)).toMatchObject([{ after: { reason, by } }]);
    await expect(exported(unknown)).rejects.toBeInstanceOf(Refusal);
  });

  it('removes second factors that are lost, ends the sessions and tells the user and the owners', async () => {
    const owner = await auth.owner();
    const person = await auth.member(owner, 'viewer');
    await Authenticator.setUp(auth, person);
    const { verification } = await login(person);
    const received = await ReceivedEvents.to(auth.broker, sessionRevoked);
    const reset = (input = command(person)) => auth.bus.call(userOperators.resetSecondFactors, input, internalCaller());
    expect(await reset()).toMatchObject({ user_id: person.user.id, totp: true, passkeys: 0, recovery_codes: 10 });
    expect(await factorsOf(auth, person.caller)).toMatchObject({ totp: false, recovery_codes_left: 0 });
    expect(await received.soFar()).toContainEqual(
      expect.objectContaining({ scope: 'user', id: String(person.user.id), except: null }),
    );
    await received.stop();
    const late = { verification_token: verification?.verification_token ?? '', verification_code: '123456' };
    expect((await refusalOf(auth.bus.call(accounts.verifyEmail, late, asStranger()))).code).toBe(
      'verification_expired',
    );
    for (const to of [owner, person]) {
      expect((await auth.emailsTo(to.user.email))[0]?.params).toMatchObject({
        change: 'second-factors-reset',
        member: person.user.email,
      });
    }
    expect(await audited('second-factors.reset', person)).toMatchObject([
      { before: { totp: true, recovery_codes: 10 }, after: { reason, by } },
    ]);
    expect(await login(person)).toHaveProperty('user');
    expect((await refusalOf(reset())).code).toBe('conflict');
    expect((await refusalOf(reset(unknown))).code).toBe('not_found');
  });

  it('ends the sessions of one user, and of everybody', async () => {
    const [one, other] = [await auth.owner(), await auth.owner()];
    await login(one);
    const { key } = await auth.bus.call(apiKeys.create, { name: 'Till' }, one.caller);
    const end = (input = command(one)) => auth.bus.call(userOperators.endUserSessions, input, internalCaller());
    expect(await end()).toMatchObject({ user_id: one.user.id, sessions: 2 });
    const list = ({ caller }: Person) => auth.bus.call(userSessions.all, {}, caller);
    expect(await list(one)).toEqual([]);
    expect(await list(other)).toHaveLength(1);
    expect((await refusalOf(auth.bus.call(accounts.refresh, {}, one.caller))).code).toBe('unauthenticated');
    expect(await auth.bus.call(sessions.apiKey, { key }, asStranger())).toMatchObject({ createdBy: one.user.id });
    expect((await refusalOf(end(unknown))).code).toBe('not_found');
    expect(await end()).toMatchObject({ sessions: 0 });
    const all = () => auth.bus.call(userOperators.endAllSessions, { reason, by }, internalCaller());
    const { users, next } = await all();
    expect([users > 0, next]).toEqual([true, null]);
    expect(await list(other)).toEqual([]);
    expect(await all()).toEqual({ users: 0, next: null });
    expect(await audited('sessions.end-all', other)).toMatchObject([{ after: { reason, by } }]);
    expect(await login(other)).toHaveProperty('user');
  });
});
