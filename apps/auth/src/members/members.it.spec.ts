import { accounts, apiKeys, members, type Role, sessionRevoked, sessions, userChanged } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, type Person } from '../fixture/auth-under-test';
import { ReceivedEvents } from '../fixture/received-events';

type Invited = 'admin' | 'manager' | 'viewer';

describe('members', () => {
  let auth: AuthUnderTest;
  let owner: Person;
  let rival: Person;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    rival = await auth.owner();
  });

  beforeEach(async () => {
    owner = await auth.owner();
  });

  afterAll(() => auth?.stop());

  const all = ({ caller } = owner) => auth.bus.call(members.all, {}, caller);
  const invite = (email: string, role: Invited = 'manager', { caller } = owner) =>
    auth.bus.call(members.invite, { email, role }, caller);
  const change = (id: number, role?: Role, { caller } = owner) => auth.bus.call(members.change, { id, role }, caller);
  const remove = (id: number, { caller } = owner) => auth.bus.call(members.remove, { id }, caller);
  const join = (role: Invited): Promise<Person> => auth.member(owner, role);
  const snapshot = (userId: number) => auth.bus.call(sessions.snapshot, { userId }, internalCaller());

  it('begin with the owner', async () => {
    const { id, email } = owner.user;
    expect(await all()).toEqual([
      { id, name: 'Amina Haddad', email, role: 'owner', status: 'active', created_at: expect.any(String) as string },
    ]);
  });

  it('are listed newest first', async () => {
    const invited = await invite(address());
    expect((await all()).map(({ id }) => id)).toEqual([invited.id, owner.user.id]);
  });

  it('get another role at once, and every gateway hears of it', async () => {
    const person = await join('viewer');
    const received = await ReceivedEvents.to(auth.broker, userChanged);
    expect(await change(person.user.id, 'admin')).toMatchObject({ id: person.user.id, role: 'admin' });
    expect(await snapshot(person.user.id)).toMatchObject({ role: 'admin' });
    expect(await received.soFar()).toContainEqual({
      snapshot: expect.objectContaining({ userId: person.user.id, role: 'admin' }),
    });
    await received.stop();
    const audited = await auth.database.query('select * from audit_entries where action = $1 and subject_id = $2', [
      'members.update',
      String(person.user.id),
    ]);
    expect(audited).toMatchObject([{ user_id: owner.user.id, before: { role: 'viewer' }, after: { role: 'admin' } }]);
  });

  it('keep their role when none is given', async () => {
    const person = await join('viewer');
    expect(await change(person.user.id)).toMatchObject({ role: 'viewer' });
    await expect(change(person.user.id, 'emperor' as Role)).rejects.toMatchObject({
      fields: { role: ['The selected role is invalid.'] },
    });
  });

  it('lose their tokens when they are removed, and cannot come back', async () => {
    const person = await join('manager');
    const received = await ReceivedEvents.to(auth.broker, sessionRevoked);
    await remove(person.user.id);
    expect((await received.soFar()).map(({ scope, id }) => `${scope} ${id}`)).toContain(`user ${person.user.id}`);
    await received.stop();
    expect((await all()).map(({ id }) => id)).toEqual([owner.user.id]);
    const login = { email: person.user.email, password: PASSWORD };
    await expect(auth.bus.call(accounts.login, login, asStranger())).rejects.toMatchObject({
      code: 'credentials_rejected',
    });
    await expect(remove(person.user.id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('can be owners too, but one owner always stays', async () => {
    const person = await join('manager');
    const lastOwner = { fields: { role: ['An account needs an owner: make somebody else an owner first.'] } };
    await expect(remove(owner.user.id)).rejects.toMatchObject(lastOwner);
    await expect(change(owner.user.id, 'viewer')).rejects.toMatchObject(lastOwner);
    await change(person.user.id, 'owner');
    const both = await Promise.allSettled([
      change(owner.user.id, 'viewer'),
      change(person.user.id, 'viewer', { ...person, caller: asOwner(person) }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await all()).filter(({ role }) => role === 'owner')).toHaveLength(1);
  });

  it('leave owners to owners', async () => {
    const admin = await join('admin');
    const viewer = await join('viewer');
    for (const attempt of [
      () => change(viewer.user.id, 'owner', admin),
      () => change(admin.user.id, 'owner', admin),
      () => change(owner.user.id, 'viewer', admin),
      () => remove(owner.user.id, admin),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(await change(viewer.user.id, 'manager', admin)).toMatchObject({ role: 'manager' });
    await remove(viewer.user.id, admin);
  });

  it('cannot leave anything behind by a call that was under way when their rights ended', async () => {
    const [removed, demoted, viewer] = [await join('admin'), await join('admin'), await join('viewer')];
    await remove(removed.user.id);
    await change(demoted.user.id, 'viewer');
    const before = await all();
    for (const [person, code] of [
      [removed, 'unauthenticated'],
      [demoted, 'forbidden'],
    ] as const) {
      for (const attempt of [
        () => invite(address(), 'admin', person),
        () => change(viewer.user.id, 'admin', person),
        () => remove(viewer.user.id, person),
        () => auth.bus.call(apiKeys.create, { name: 'Left behind' }, person.caller),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code });
      }
    }
    expect(await all()).toEqual(before);
    expect(await auth.bus.call(apiKeys.all, {}, owner.caller)).toEqual([]);
  });

  it('of another account are neither seen nor changed nor removed', async () => {
    const invited = await invite(address());
    expect((await all(rival)).map(({ id }) => id)).toEqual([rival.user.id]);
    for (const id of [owner.user.id, invited.id]) {
      await expect(change(id, 'viewer', rival)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(remove(id, rival)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(remove(2147483647, rival)).rejects.toMatchObject({ code: 'not_found' });
    expect((await all()).map(({ role }) => role)).toEqual(['manager', 'owner']);
  });
});

const asOwner = ({ caller }: Person) => ({
  ...caller,
  identity: caller.identity && { ...caller.identity, role: 'owner' as const },
});
