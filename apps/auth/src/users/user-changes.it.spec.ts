import { accounts, authOperators, members, sessions, type UserChanged, userChanged } from '@open-cpo/contracts';
import { Broker } from '@open-cpo/messaging';
import { asStranger } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD, type Person, refusalOf } from '../fixture/auth-under-test';

describe('a change that gateways must know of', () => {
  let auth: AuthUnderTest;
  let owner: Person;
  let member: Person;
  let rival: Person;
  let heard: UserChanged[] = [];
  const flush = () => auth.service.app.get(Broker, { strict: false }).flush();
  const invited = (role: 'viewer' | 'manager'): Promise<Person> => auth.member(owner, role);

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    owner = await auth.owner();
    rival = await auth.owner();
    member = await invited('viewer');
    const nats = auth.service.app.get(Broker, { strict: false }).connection();
    nats.subscribe(userChanged.filter, { callback: (_error, message) => void heard.push(message.json<UserChanged>()) });
    await nats.flush();
  });

  beforeEach(() => {
    heard = [];
  });

  afterAll(() => auth.stop());

  const told = () => heard.map(({ snapshot }) => snapshot);
  const snapshotOf = ({ user }: Person) => auth.bus.call(sessions.snapshot, { userId: user.id }, asStranger());

  it('is told of the one whose role it is', async () => {
    await auth.bus.call(members.change, { id: member.user.id, role: 'manager' }, owner.caller);
    await flush();
    expect(told()[0]).toEqual(await snapshotOf(member));
    expect(told()[0]).toMatchObject({ role: 'manager', active: true });
    expect(new Set(told().map(({ userId }) => userId))).toEqual(new Set([member.user.id]));
  });

  it('is told of all users of an account that is locked, and of nobody else', async () => {
    const accountId = owner.caller.identity?.accountId ?? 0;
    const command = { accountId, reason: 'test', by: 'operator' };
    await auth.bus.call(authOperators.lockAccount, command, asStranger());
    await flush();
    // What was told of a change before can arrive late.
    const last = Object.fromEntries(told().map(({ userId, active }) => [userId, active]));
    expect(last).toEqual({ [owner.user.id]: false, [member.user.id]: false });
    expect((await snapshotOf(rival)).active).toBe(true);
    const login = { email: member.user.email, password: PASSWORD };
    expect((await refusalOf(auth.bus.call(accounts.login, login, asStranger()))).code).toBe('account_locked');
    await auth.bus.call(authOperators.unlockAccount, command, asStranger());
    expect(await auth.bus.call(accounts.login, login, asStranger())).toHaveProperty('user');
  });

  it('is told of a member who is removed, and no login is left', async () => {
    await auth.bus.call(members.remove, { id: member.user.id }, owner.caller);
    await flush();
    expect(told()[0]).toMatchObject({ userId: member.user.id, active: false });
    const login = { email: member.user.email, password: PASSWORD };
    expect((await refusalOf(auth.bus.call(accounts.login, login, asStranger()))).code).toBe('credentials_rejected');
    expect((await refusalOf(auth.bus.call(accounts.refresh, {}, member.caller))).code).toBe('unauthenticated');
  });

  it('leaves the address of a removed member to whoever proves it', async () => {
    const again = await auth.owner(member.user.email);
    expect(again.user.id).not.toBe(member.user.id);
    expect((await snapshotOf(again)).role).toBe('owner');
  });

  it('is never asked about somebody who is not there', async () => {
    const refusal = await refusalOf(auth.bus.call(sessions.snapshot, { userId: 999_999 }, asStranger()));
    expect(refusal.code).toBe('unauthenticated');
  });
});
