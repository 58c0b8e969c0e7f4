import { Controller, Module } from '@nestjs/common';
import {
  accountClosed,
  accounts,
  type AccountMoney,
  authOperators,
  deletions,
  invitations,
  members,
  outboxOf,
  payoutsAccounts,
  sessions,
  userChanged,
  users,
} from '@open-cpo/contracts';
import { Handles, internalCaller } from '@open-cpo/messaging';
import { asStranger, startTestService, type TestService, until } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, type Person, refusalOf } from '../fixture/auth-under-test';
import { ReceivedEvents } from '../fixture/received-events';
import { Authenticator } from '../fixture/authenticator';
import { Upkeep } from '../upkeep/upkeep';
import { DeletionSweep } from './deletion-sweep';
import { Deletions } from './deletions.repository';

const outbox = outboxOf('auth');
const NO_MONEY: AccountMoney = { balance_usd: '0', pending_payouts: 0 };
let money = NO_MONEY;

@Controller()
class FakePayouts {
  @Handles(payoutsAccounts.money)
  money(): Promise<AccountMoney> {
    return Promise.resolve(money);
  }
}

@Module({ controllers: [FakePayouts] })
class FakePayoutsModule {}

describe('the deletion of a user', () => {
  let auth: AuthUnderTest;
  let payouts: TestService;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    const serves = [payoutsAccounts];
    payouts = await startTestService({ broker: auth.broker, module: FakePayoutsModule, serves, name: 'payouts' });
  });
  afterAll(async () => {
    await payouts?.stop();
    await auth?.stop();
  });
  beforeEach(() => void (money = NO_MONEY));

  const request = ({ caller }: Person, password = PASSWORD) => auth.bus.call(deletions.request, { password }, caller);
  const show = ({ caller }: Person) => auth.bus.call(deletions.one, {}, caller);
  const sweep = () => auth.service.app.get(DeletionSweep, { strict: false }).run();
  const make = (due: Person) =>
    auth.database.query('update user_deletions set due_at = now() where user_id = $1', [due.user.id]);
  const erased = async (person: Person) => {
    await request(person);
    await make(person);
    return sweep();
  };
  const tokenFor = async (email: string): Promise<string> => {
    const letter = (await auth.emailsTo(email)).find(({ template }) => template === 'deletion-requested');
    return letter?.params.link?.slice(-40) ?? '';
  };
  const prove = async () => (await auth.bus.call(outbox.proveAudit, {}, internalCaller())).discrepancy;
  const login = (email: string) => auth.bus.call(accounts.login, { email, password: PASSWORD }, asStranger());
  /** Every text of every table, in which nothing of a person may be left. */
  const everything = async (): Promise<string> => {
    const tables = await auth.database.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and relname <> 'idempotency_keys'`,
    );
    const rows = await Promise.all(tables.map(({ name }) => auth.database.query(`select * from ${name}`)));
    return JSON.stringify(rows);
  };

  it('is asked for with the current password, once, and shown', async () => {
    const owner = await auth.owner();
    expect((await refusalOf(show(owner))).code).toBe('not_found');
    expect((await refusalOf(request(owner, 'some other river'))).fields).toEqual({
      password: ['The current password is incorrect.'],
    });
    expect((await refusalOf(auth.bus.call(deletions.request, {} as never, owner.caller))).code).toBe(
      'validation_failed',
    );
    const deletion = await request(owner);
    expect(deletion).toMatchObject({ closes_account: true, blocked_by: null });
    expect(Date.parse(deletion.due_at) - Date.parse(deletion.requested_at)).toBe(7 * 24 * 3_600_000);
    expect(await request(owner)).toEqual(deletion);
    expect(await show(owner)).toEqual(deletion);
    const letters = (await auth.emailsTo(owner.user.email)).filter(({ template }) => template === 'deletion-requested');
    expect(letters).toHaveLength(1);
    expect(letters[0]?.params).toMatchObject({ closes: '1', link: expect.stringContaining('/deletion-stops/') });
    expect(await login(owner.user.email)).toHaveProperty('user');
  });

  it('counts wrong passwords as logins do', async () => {
    const owner = await auth.owner();
    const caller = { ...owner.caller, ip: '203.0.113.77' };
    const codes: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      codes.push((await refusalOf(auth.bus.call(deletions.request, { password: 'wrong' }, caller))).code);
    }
    expect(codes).toContain('too_many_requests');
  });

  it('is stopped by its user or by the link, and by nobody else', async () => {
    const [owner, rival] = [await auth.owner(), await auth.owner()];
    await request(owner);
    const stop = ({ caller }: Person) => auth.bus.call(deletions.stop, {}, caller);
    expect((await refusalOf(stop(rival))).code).toBe('not_found');
    await stop(owner);
    expect((await refusalOf(stop(owner))).code).toBe('not_found');
    await request(owner);
    const token = await tokenFor(owner.user.email);
    expect(await auth.bus.call(deletions.shown, { token }, asStranger())).toMatchObject({ closes_account: true });
    await auth.bus.call(deletions.stopByToken, { token }, asStranger());
    expect((await refusalOf(auth.bus.call(deletions.stopByToken, { token }, asStranger()))).code).toBe('not_found');
    await make(owner);
    await sweep();
    expect(await auth.bus.call(users.me, {}, owner.caller)).toMatchObject({ email: owner.user.email });
  });

  it('that was stopped is not carried out, however late it was stopped', async () => {
    const table = auth.service.app.get(Deletions, { strict: false });
    const stop = ({ caller }: Person) => auth.bus.call(deletions.stop, {}, caller);
    const stopped = await auth.owner();
    await request(stopped);
    await make(stopped);
    const due = table.due.bind(table);
    const spy = jest.spyOn(table, 'due').mockImplementationOnce(async () => {
      const found = await due();
      await stop(stopped);
      return found;
    });
    await sweep();
    spy.mockRestore();
    expect(await login(stopped.user.email)).toHaveProperty('user');
    for (let round = 0; round < 5; round += 1) {
      const owner = await auth.owner();
      await request(owner);
      await make(owner);
      const [answer] = await Promise.allSettled([stop(owner), sweep(), sweep()]);
      const rows = await auth.database.query('select 1 from users where id = $1 and erased_at is null', [
        owner.user.id,
      ]);
      expect(rows).toHaveLength(answer.status === 'fulfilled' ? 1 : 0);
    }
  });

  it('takes a code of the second factor from those who have one', async () => {
    const owner = await auth.owner();
    const { app, recoveryCodes } = await Authenticator.setUp(auth, owner);
    expect((await refusalOf(request(owner))).fields).toEqual({
      second_factor_code: ['The second factor code field is required.'],
    });
    const withCode = (second_factor_code: string, password = PASSWORD) =>
      auth.bus.call(deletions.request, { password, second_factor_code }, owner.caller);
    expect((await refusalOf(withCode(app.wrongCode()))).fields).toEqual({
      second_factor_code: ['The second factor code is incorrect.'],
    });
    const [code = ''] = recoveryCodes;
    expect((await refusalOf(withCode(code, 'some other river'))).fields).toHaveProperty('password');
    expect(await withCode(code)).toMatchObject({ closes_account: true });
  });

  it('of a member leaves nothing that identifies the person, and the account goes on', async () => {
    const [owner, rival] = [await auth.owner(), await auth.owner()];
    const member = await auth.member(owner, 'manager');
    const { email } = member.user;
    const change = { first_name: 'Zuleikha', last_name: 'Benmoussa', contact_number: '+213550121212' } as const;
    await auth.bus.call(users.update, change, member.caller);
    await login(email);
    const received = await ReceivedEvents.to(auth.broker, userChanged);
    expect(await erased(member)).toBe(1);
    expect(await everything()).not.toMatch(new RegExp(`${email}|Zuleikha|Benmoussa|213550121212`));
    expect(await received.soFar()).toContainEqual({
      snapshot: expect.objectContaining({ userId: member.user.id, active: false }) as unknown,
    });
    await received.stop();
    expect((await refusalOf(login(email))).code).toBe('credentials_rejected');
    const snapshot = await auth.bus.call(sessions.snapshot, { userId: owner.user.id }, internalCaller());
    expect(snapshot).toMatchObject({ active: true });
    expect((await auth.emailsTo(owner.user.email))[0]?.params).toMatchObject({ change: 'member-left' });
    expect(await auth.bus.call(users.me, {}, rival.caller)).toMatchObject({ email: rival.user.email });
    expect(await prove()).toBeNull();
  });

  it('of the last owner ends the account and removes its members', async () => {
    const [owner, rival] = [await auth.owner(), await auth.owner()];
    const member = await auth.member(owner, 'viewer');
    const invited = address();
    await auth.bus.call(members.invite, { email: invited, role: 'viewer' }, owner.caller);
    const invitation = await auth.invitationTo(invited);
    const accountId = owner.caller.identity?.accountId;
    const received = await ReceivedEvents.to(auth.broker, accountClosed);
    await erased(owner);
    await until(async () => (await received.soFar()).length > 0, 'the account to be published as closed');
    expect(await received.soFar()).toEqual([{ account_id: accountId, closed_at: expect.any(String) as unknown }]);
    await received.stop();
    expect((await refusalOf(login(member.user.email))).code).toBe('credentials_rejected');
    expect((await auth.emailsTo(member.user.email))[0]?.params).toMatchObject({ change: 'member-removed' });
    expect(
      (await refusalOf(auth.bus.call(invitations.shown, { invitation_token: invitation }, asStranger()))).code,
    ).toBe('not_found');
    expect(
      await auth.database.query('select 1 from accounts where id = $1 and closed_at is not null', [accountId]),
    ).toHaveLength(1);
    expect(await login(rival.user.email)).toHaveProperty('user');
    const ended = `
      select user_id, subject_id from audit_log where account_id = $1 and action = 'members.delete' order by subject_id`;
    const entries = await auth.database.query<{ user_id: number; subject_id: string }>(ended, [accountId]);
    expect(entries).toHaveLength(2);
    expect(entries).toContainEqual({ user_id: owner.user.id, subject_id: String(member.user.id) });
    expect(await prove()).toBeNull();
  });

  it.each([
    ['an open balance', { balance_usd: '12.5', pending_payouts: 0 }],
    ['a debt', { balance_usd: '-3', pending_payouts: 0 }],
    ['a payout that waits', { balance_usd: '0', pending_payouts: 1 }],
  ])('of the last owner is refused for %s', async (_what, open) => {
    const owner = await auth.owner();
    money = open;
    expect((await refusalOf(request(owner))).code).toBe('conflict');
    const member = await auth.member(owner, 'admin');
    expect(await request(member)).toMatchObject({ closes_account: false });
  });

  it('that is due waits for open money, and says so', async () => {
    const owner = await auth.owner();
    await request(owner);
    await make(owner);
    money = { balance_usd: '5', pending_payouts: 0 };
    await sweep();
    expect(await show(owner)).toMatchObject({ blocked_by: expect.stringContaining('open balance') });
    money = { balance_usd: '0.004', pending_payouts: 0 };
    await make(owner);
    await sweep();
    expect((await refusalOf(login(owner.user.email))).code).toBe('credentials_rejected');
  });

  it('is done at once by an operator, who can do it despite open money', async () => {
    const owner = await auth.owner();
    money = { balance_usd: '5', pending_payouts: 0 };
    const command = { userId: owner.user.id, reason: 'asked by letter', by: 'ops' };
    const erase = (more: object = {}) =>
      auth.bus.call(authOperators.deleteUser, { ...command, ...more }, internalCaller());
    expect((await refusalOf(erase())).code).toBe('conflict');
    expect(await erase({ despiteMoney: true })).toMatchObject({ user_id: owner.user.id, account_closed: true });
    expect((await refusalOf(erase())).code).toBe('not_found');
    const unlock = { accountId: owner.caller.identity?.accountId ?? 0, reason: 'mistake', by: 'ops' };
    expect((await refusalOf(auth.bus.call(authOperators.unlockAccount, unlock, internalCaller()))).code).toBe(
      'conflict',
    );
  });

  it('of those who were removed happens when their retention period is over, and spares who has the address now', async () => {
    const owner = await auth.owner();
    const member = await auth.member(owner, 'viewer');
    await auth.bus.call(members.remove, { id: member.user.id }, owner.caller);
    const again = await auth.owner(member.user.email, { first_name: 'Sarah' });
    const upkeep = auth.service.app.get(Upkeep, { strict: false });
    const email = async () =>
      (await auth.database.query<{ email: string }>('select email from users where id = $1', [member.user.id]))[0]
        ?.email;
    await upkeep.run();
    expect(await email()).toBe(member.user.email);
    await auth.database.query(`update users set removed_at = now() - interval '91 days' where id = $1`, [
      member.user.id,
    ]);
    await auth.bus.call(authOperators.enforceRetention, { by: 'ops' }, internalCaller());
    expect(await email()).toBe('');
    expect(await auth.bus.call(users.me, {}, again.caller)).toMatchObject({ email: member.user.email });
    expect((await auth.emailsTo(member.user.email)).length).toBeGreaterThan(0);
    expect(await prove()).toBeNull();
  });
});
