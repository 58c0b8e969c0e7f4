import { accounts, members } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, type Person } from '../fixture/auth-under-test';

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
  const invite = (email: string, { caller } = owner) =>
    auth.bus.call(members.invite, { email, role: 'manager' }, caller);
  const prove = async (email: string, password = PASSWORD) => {
    const { verification_token } = await auth.bus.call(accounts.resetPassword, { email }, asStranger());
    const verification_code = await auth.codeFor(email);
    const code = { verification_token, verification_code, password, password_confirmation: password };
    return auth.person(await auth.bus.call(accounts.verifyReset, code, asStranger()));
  };

  it('goes out by mail, names the inviter and the role, and shows in the list', async () => {
    const email = address();
    const member = await invite(email.toUpperCase());
    expect(member).toMatchObject({ name: '', email, role: 'manager', status: 'invited' });
    expect(await auth.emailsTo(email)).toMatchObject([
      { template: 'invitation', state: 'waiting', params: { inviter: 'Amina Haddad', role: 'manager' } },
    ]);
    expect(await all()).toContainEqual(member);
  });

  it('is accepted by proving the address with a password reset, and the id stays', async () => {
    const email = address();
    const { id } = await invite(email);
    const person = await prove(email, 'another quiet river');
    expect(person.user.id).toBe(id);
    expect(person.caller.identity).toMatchObject({
      accountId: owner.caller.identity?.accountId,
      role: 'manager',
    });
    const mine = (await all()).filter((one) => one.email === email);
    expect(mine).toMatchObject([{ id, role: 'manager', status: 'active' }]);
    const { user } = await auth.bus.call(accounts.login, { email, password: 'another quiet river' }, asStranger());
    expect(user).toMatchObject({ id });
  });

  it('takes the role that it was changed to', async () => {
    const email = address();
    const { id } = await invite(email);
    await auth.bus.call(members.change, { id, role: 'viewer' }, owner.caller);
    await expect(auth.bus.call(members.change, { id, role: 'owner' }, owner.caller)).rejects.toMatchObject({
      fields: { role: ['Only a member who has accepted the invitation can be made an owner.'] },
    });
    expect((await prove(email)).caller.identity).toMatchObject({ role: 'viewer' });
  });

  it('can be withdrawn, and is then worth nothing', async () => {
    const email = address();
    const { id } = await invite(email);
    await auth.bus.call(members.remove, { id }, owner.caller);
    expect((await all()).some((one) => one.id === id)).toBe(false);
    await auth.bus.call(accounts.resetPassword, { email }, asStranger());
    expect(await auth.emailsTo(email)).toMatchObject([{ state: 'mute' }, { template: 'invitation' }]);
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
    await auth.bus.call(accounts.resetPassword, { email: rival.user.email }, asStranger());
    expect((await prove(rival.user.email)).user.id).toBe(rival.user.id);
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
