import { Controller, Module } from '@nestjs/common';
import { accounts, apiKeys, chargePoints, invitations, members, sessions } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { asStranger, startTestService, type TestService } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, type Person } from '../fixture/auth-under-test';

/** How many power centers the accounts have that leave. */
let powerCenters = 0;

@Controller()
class FakeStations {
  @Handles(chargePoints.table)
  async table() {
    return { data: [], meta: { per_page: 1, total: powerCenters } };
  }
}

@Module({ controllers: [FakeStations] })
class FakeStationsModule {}

describe('joining an account', () => {
  let auth: AuthUnderTest;
  let stations: TestService;
  let owner: Person;
  let other: Person;
  let newcomer: Person;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    const { table } = chargePoints;
    stations = await startTestService({
      broker: auth.broker,
      module: FakeStationsModule,
      serves: [{ table }],
      name: 'stations',
    });
  });

  beforeEach(async () => {
    powerCenters = 0;
    [owner, other, newcomer] = [await auth.owner(), await auth.owner(), await auth.owner()];
  });

  afterAll(async () => {
    await stations?.stop();
    await auth?.stop();
  });

  const invite = (email: string, { caller } = owner) =>
    auth.bus.call(members.invite, { email, role: 'manager' }, caller);
  const mine = ({ caller } = newcomer) => auth.bus.call(invitations.mine, {}, caller);
  const accept = (id: number, { caller } = newcomer) => auth.bus.call(invitations.accept, { id }, caller);
  const decline = (id: number, { caller } = newcomer) => auth.bus.call(invitations.decline, { id }, caller);
  const accountOf = ({ caller }: Person) => caller.identity?.accountId;
  const now = ({ user }: Person) => auth.bus.call(sessions.snapshot, { userId: user.id }, asStranger());
  const audited = (action: string, account: number | undefined) =>
    auth.database.query('select user_id, before, after from audit_entries where action = $1 and account_id = $2', [
      action,
      account,
    ]);

  it('shows every invitation to one’s address, with account and inviter, and chooses none', async () => {
    const [first, second] = [await invite(newcomer.user.email), await invite(newcomer.user.email, other)];
    expect(await mine()).toMatchObject([
      { id: second.id, account_id: accountOf(other), inviter_email: other.user.email },
      {
        id: first.id,
        account_id: accountOf(owner),
        account_name: 'Amina Haddad',
        inviter_name: 'Amina Haddad',
        inviter_email: owner.user.email,
        role: 'manager',
      },
    ]);
    await auth.bus.call(accounts.login, { email: newcomer.user.email, password: PASSWORD }, asStranger());
    expect(await now(newcomer)).toMatchObject({ accountId: accountOf(newcomer), role: 'owner' });
  });

  it('takes a login along when it accepts, and nothing but the one it accepted', async () => {
    const [first] = [await invite(newcomer.user.email), await invite(newcomer.user.email, other)];
    await accept(first.id);
    expect(await now(newcomer)).toMatchObject({ accountId: accountOf(owner), role: 'manager' });
    expect(await mine()).toMatchObject([{ account_id: accountOf(other) }]);
    expect(await audited('members.join', accountOf(owner))).toMatchObject([
      { user_id: newcomer.user.id, after: { email: newcomer.user.email, role: 'manager' } },
    ]);
    expect(await audited('members.leave', accountOf(newcomer))).toHaveLength(1);
    await expect(accept(first.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is not possible for the last owner of an account that is in use', async () => {
    const { id } = await invite(newcomer.user.email);
    powerCenters = 1;
    await expect(accept(id)).rejects.toMatchObject({ code: 'conflict' });
    powerCenters = 0;
    const member = await auth.member(newcomer, 'viewer');
    await expect(accept(id)).rejects.toMatchObject({ code: 'conflict' });
    await auth.bus.call(members.remove, { id: member.user.id }, newcomer.caller);
    await accept(id);
    expect(await now(newcomer)).toMatchObject({ accountId: accountOf(owner) });
  });

  it('ends the API keys and invitations that were made where one leaves', async () => {
    const admin = await auth.member(other, 'admin');
    const invited = address();
    await auth.bus.call(members.invite, { email: invited, role: 'viewer' }, admin.caller);
    const { key } = await auth.bus.call(apiKeys.create, { name: 'Mine' }, admin.caller);
    const { id } = await invite(admin.user.email);
    await accept(id, admin);
    await expect(auth.bus.call(sessions.apiKey, { key }, asStranger())).rejects.toMatchObject({
      code: 'api_key_invalid',
    });
    await expect(auth.accept(invited)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is declined for good', async () => {
    const { id } = await invite(newcomer.user.email);
    await decline(id);
    expect(await mine()).toEqual([]);
    await expect(accept(id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await auth.bus.call(members.all, {}, owner.caller)).map((one) => one.id)).not.toContain(id);
    expect(await audited('members.decline', accountOf(owner))).toMatchObject([
      { before: { email: newcomer.user.email } },
    ]);
  });

  it('answers nobody’s invitation but one’s own', async () => {
    const { id } = await invite(newcomer.user.email);
    for (const answer of [accept, decline])
      await expect(answer(id, other)).rejects.toMatchObject({ code: 'not_found' });
    await auth.database.query(`update invitations set expires_at = now() where id = $1`, [id]);
    await expect(accept(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('by a link happens once, and not for an address that has a login', async () => {
    const email = address();
    await invite(email);
    const invitation_token = await auth.invitationTo(email);
    expect(await auth.bus.call(invitations.shown, { invitation_token }, asStranger())).toMatchObject({ email });
    const both = await Promise.allSettled([auth.accept(email), auth.accept(email)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(auth.accept(email)).rejects.toMatchObject({ code: 'not_found' });
    const [stored] = await auth.database.query<{ text: string }>(
      'select i::text as text from invitations i where email = $1',
      [email],
    );
    expect(stored?.text).not.toContain(invitation_token);
  });

  it('by a link takes no password that is made of the invited address or of the names that are given', async () => {
    const email = `samira.${address()}`;
    await invite(email);
    const invitation_token = await auth.invitationTo(email);
    const names = { first_name: 'Leila', last_name: 'Benali' };
    for (const password of ['samira2026', 'LeilaBenali1'])
      await expect(
        auth.bus.call(invitations.acceptByToken, { invitation_token, password, ...names }, asStranger()),
      ).rejects.toMatchObject({ fields: { password: [expect.stringContaining('your own names')] } });
    expect(await auth.accept(email)).toMatchObject({ user: { email } });
  });

  it('by a link is declined by whoever holds it', async () => {
    const email = address();
    await invite(email);
    const invitation_token = await auth.invitationTo(email);
    await auth.bus.call(invitations.declineByToken, { invitation_token }, asStranger());
    await expect(auth.accept(email)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('leaving an account', () => {
  let auth: AuthUnderTest;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth?.stop());

  const leave = ({ caller }: Person) => auth.bus.call(members.leave, {}, caller);

  it('is open to every member, of any role, and tells the owners', async () => {
    const owner = await auth.owner();
    for (const role of ['viewer', 'manager', 'admin'] as const) {
      const member = await auth.member(owner, role);
      await leave(member);
      const snapshot = await auth.bus.call(sessions.snapshot, { userId: member.user.id }, asStranger());
      expect(snapshot).toMatchObject({ active: false });
      expect((await auth.emailsTo(owner.user.email))[0]).toMatchObject({
        params: { change: 'member-left', member: member.user.email, before: role },
      });
      expect(await auth.owner(member.user.email)).toMatchObject({ user: { email: member.user.email } });
    }
  });

  it.each([
    ['is removed', (owner: Person, id: number) => auth.bus.call(members.remove, { id }, owner.caller)],
    [
      'may not invite any more',
      (owner: Person, id: number) => auth.bus.call(members.change, { id, role: 'manager' }, owner.caller),
    ],
    ['leaves', (_: Person, __: number, admin: Person) => leave(admin)],
  ])('ends the open invitations of a member who %s, and those of nobody else', async (_, ends) => {
    const owner = await auth.owner();
    const admin = await auth.member(owner, 'admin');
    const [withdrawn, kept] = [address(), address()];
    await auth.bus.call(members.invite, { email: withdrawn, role: 'admin' }, admin.caller);
    await auth.bus.call(members.invite, { email: kept, role: 'viewer' }, owner.caller);
    await ends(owner, admin.user.id, admin);
    await expect(auth.accept(withdrawn)).rejects.toMatchObject({ code: 'not_found' });
    expect(await auth.accept(kept)).toHaveProperty('user');
    const audit = `select before from audit_entries where action = 'members.delete' and before->>'email' = $1`;
    expect(await auth.database.query(audit, [withdrawn])).toMatchObject([
      { before: { status: 'invited', invited_by: admin.user.id } },
    ]);
  });

  it('is refused for the last owner', async () => {
    await expect(leave(await auth.owner())).rejects.toMatchObject({
      fields: { role: ['An account needs an owner: make somebody else an owner first.'] },
    });
  });
});
