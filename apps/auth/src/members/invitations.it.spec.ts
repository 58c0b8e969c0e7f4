import { accounts, members } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, type Person } from '../fixture/auth-under-test';

describe('an invitation', () => {
  let auth: AuthUnderTest;
  let owner: Person;
  let rival: Person;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    [owner, rival] = [await auth.owner(), await auth.owner()];
  });

  afterAll(() => auth?.stop());

  const all = ({ caller } = owner) => auth.bus.call(members.all, {}, caller);
  const accountOf = ({ caller }: Person) => caller.identity?.accountId;
  const invite = (email: string, { caller } = owner) =>
    auth.bus.call(members.invite, { email, role: 'manager' }, caller);
  it('goes out by mail, names the inviter and the role, and shows in the list', async () => {
    const email = address();
    const member = await invite(email.toUpperCase());
    expect(member).toMatchObject({ name: '', email, role: 'manager', status: 'invited' });
    expect(await auth.emailsTo(email)).toMatchObject([
      {
        template: 'invitation',
        state: 'waiting',
        params: { inviter: 'Amina Haddad', owner: 'Amina Haddad', role: 'manager' },
      },
    ]);
    expect(await all()).toContainEqual(member);
  });

  it('is accepted by its own link, and the id stays', async () => {
    const email = address();
    const { id } = await invite(email);
    const person = await auth.accept(email, 'another quiet river');
    expect(person.user.id).toBe(id);
    expect(person.caller.identity).toMatchObject({ accountId: accountOf(owner), role: 'manager' });
    const mine = (await all()).filter((one) => one.email === email);
    expect(mine).toMatchObject([{ id, role: 'manager', status: 'active' }]);
    const { user } = await auth.bus.call(accounts.login, { email, password: 'another quiet river' }, asStranger());
    expect(user).toMatchObject({ id });
    expect((await auth.emailsTo(owner.user.email))[0]).toMatchObject({
      template: 'account-notice',
      params: { change: 'member-joined', member: email, after: 'manager' },
    });
  });

  it('takes the role that it was changed to', async () => {
    const email = address();
    const { id } = await invite(email);
    await auth.bus.call(members.change, { id, role: 'viewer' }, owner.caller);
    await expect(auth.bus.call(members.change, { id, role: 'owner' }, owner.caller)).rejects.toMatchObject({
      fields: { role: ['Only a member who has accepted the invitation can be made an owner.'] },
    });
    expect((await auth.accept(email)).caller.identity).toMatchObject({ role: 'viewer' });
  });

  it('can be withdrawn, and is then worth nothing', async () => {
    const email = address();
    const { id } = await invite(email);
    await auth.bus.call(members.remove, { id }, owner.caller);
    expect((await all()).some((one) => one.id === id)).toBe(false);
    await expect(auth.accept(email)).rejects.toMatchObject({ code: 'not_found' });
    expect(await invite(email)).toMatchObject({ status: 'invited' });
  });

  it('ends after a week', async () => {
    const email = address();
    const { id } = await invite(email);
    await auth.database.query(`update invitations set expires_at = now() - interval '1 second' where id = $1`, [id]);
    expect((await all()).some((one) => one.id === id)).toBe(false);
    await expect(auth.bus.call(members.remove, { id }, owner.caller)).rejects.toMatchObject({ code: 'not_found' });
    expect(await invite(email)).toMatchObject({ status: 'invited' });
  });

  it('answers the same to an address that has an account elsewhere; the mail tells the difference', async () => {
    const [free, taken] = [await invite(address()), await invite(rival.user.email)];
    const shape = ({ name, role, status, ...rest }: object & Record<string, unknown>) => ({
      fixed: { name, role, status },
      keys: Object.keys(rest),
    });
    expect(shape({ ...taken })).toEqual(shape({ ...free }));
    expect((await all()).map((one) => one.id)).toEqual(expect.arrayContaining([free.id, taken.id]));
    const [letter] = await auth.emailsTo(rival.user.email);
    expect(letter).toMatchObject({ template: 'invitation', params: { taken: '1' } });
    expect((await all(rival)).map((one) => one.id)).toEqual([rival.user.id]);
    await expect(auth.accept(rival.user.email)).rejects.toMatchObject({ code: 'conflict' });
    await auth.bus.call(members.remove, { id: taken.id }, owner.caller);
  });

  it('keeps nobody from registering an account of their own', async () => {
    const email = address();
    const { id } = await invite(email);
    const own = await auth.owner(email);
    expect(own.user.id).not.toBe(id);
    expect(own.caller.identity?.accountId).not.toBe(owner.caller.identity?.accountId);
  });

  it('is refused for somebody who is a member or invited already', async () => {
    const email = address();
    await invite(email);
    for (const present of [email, owner.user.email]) {
      await expect(invite(present)).rejects.toMatchObject({
        fields: { email: ['The email has already been taken.'] },
      });
    }
  });

  it('needs an address and one of three roles, all told at once', async () => {
    const input = { email: 'nobody', role: 'owner' } as never;
    await expect(auth.bus.call(members.invite, input, owner.caller)).rejects.toMatchObject({
      code: 'validation_failed',
      fields: {
        email: ['The email field must be a valid email address.'],
        role: ['The selected role is invalid.'],
      },
    });
  });

  it('is told to one address five times a day at most, without anybody noticing', async () => {
    const email = address();
    for (let times = 0; times < 6; times += 1) {
      const { id } = await invite(email);
      await auth.bus.call(members.remove, { id }, owner.caller);
    }
    const states = (await auth.emailsTo(email)).map(({ state }) => state);
    expect(states.filter((state) => state === 'mute')).toHaveLength(1);
  });

  it('finds no room on an account with five hundred members', async () => {
    const full = await auth.owner();
    const account = full.caller.identity?.accountId;
    await auth.database.query(
      `insert into users (account_id, email, role, status)
       select $1, n || '@full.example.com', 'viewer', 'active' from generate_series(1, 499) n`,
      [account],
    );
    await expect(invite(address(), full)).rejects.toMatchObject({
      fields: { email: ['An account can have at most 500 members.'] },
    });
    expect(await all(full)).toHaveLength(500);
  });

  it('is made a hundred times a day at most by one account', async () => {
    const account = owner.caller.identity?.accountId;
    await auth.database.query(
      `insert into invitations (account_id, email, role, invited_by, language, expires_at, ended_at)
       select $1, n || '@example.com', 'viewer', $2, 'en', now(), now() from generate_series(1, 100) n`,
      [account, owner.user.id],
    );
    await expect(invite(address())).rejects.toMatchObject({ code: 'too_many_requests' });
    expect(await invite(address(), rival)).toMatchObject({ status: 'invited' });
  });
});
