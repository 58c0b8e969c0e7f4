import {
  accounts,
  PERMISSIONS,
  permissionsOf,
  sessions,
  type UserChanged,
  userChanged,
  users,
} from '@open-cpo/contracts';
import { Broker } from '@open-cpo/messaging';
import { asStranger } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD, type Person, refusalOf } from '../fixture/auth-under-test';

describe('own data', () => {
  let auth: AuthUnderTest;
  let owner: Person;
  let rival: Person;
  const as = (person: Person, role: 'admin' | 'manager' | 'viewer') =>
    ({ ...person.caller, identity: { ...person.caller.identity, role } }) as Person['caller'];
  const audited = (id: number, action: string) =>
    auth.database.query('select before, after from audit_entries where subject_id = $1 and action = $2 order by id', [
      String(id),
      action,
    ]);

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    owner = await auth.owner(undefined, { country_id: 195 });
    rival = await auth.owner();
  });

  afterAll(() => auth.stop());

  it('is the caller’s own, without a token', async () => {
    const { access_token: _token, ...person } = owner.user;
    const me = await auth.bus.call(users.me, {}, owner.caller);
    expect(me).toEqual({
      ...person,
      user_type: 1,
      currency_iso: 'DZD',
      currency_country_id: 195,
      location: {
        country: expect.objectContaining({ id: 195, iso: 'DZ', time_zone: 'Africa/Algiers' }),
        city: null,
        latitude: expect.any(String),
        longitude: expect.any(String),
        address: null,
      },
    });
    expect((await refusalOf(auth.bus.call(users.me, {}, asStranger()))).code).toBe('unauthenticated');
  });

  it('says what the caller may do and is', async () => {
    expect(await auth.bus.call(users.permissions, {}, owner.caller)).toEqual(PERMISSIONS);
    expect(await auth.bus.call(users.permissions, {}, as(owner, 'viewer'))).toEqual(permissionsOf('viewer'));
    expect(await auth.bus.call(users.roles, {}, as(owner, 'manager'))).toEqual(['manager']);
  });

  it('changes in what is sent and stays in what is not', async () => {
    const change = { first_name: 'Nadia', contact_number: '+213 550 12', language: 'ar' } as const;
    const changed = await auth.bus.call(users.update, change, owner.caller);
    expect(changed).toMatchObject({ first_name: 'Nadia', last_name: 'Haddad', contact_number: '21355012' });
    expect(await auth.bus.call(users.me, {}, owner.caller)).toEqual(changed);
    expect(await auth.bus.call(users.me, {}, rival.caller)).toMatchObject({ first_name: 'Amina', contact_number: '' });
    expect(await audited(owner.user.id, 'users.update')).toEqual([
      {
        before: { firstName: 'Amina', contactNumber: '', language: 'en' },
        after: { firstName: 'Nadia', contactNumber: '21355012', language: 'ar' },
      },
    ]);
    const cleared = await auth.bus.call(users.update, { contact_number: null }, owner.caller);
    expect(cleared.contact_number).toBe('');
  });

  it('moves the account to another country and currency at once for all gateways', async () => {
    const { caller, user } = await auth.owner();
    const heard: UserChanged[] = [];
    const nats = auth.service.app.get(Broker, { strict: false }).connection();
    const callback = (_: unknown, message: { json<T>(): T }): void => void heard.push(message.json<UserChanged>());
    nats.subscribe(`${userChanged.subject}.${user.id}`, { callback });
    await nats.flush();
    const changed = await auth.bus.call(users.update, { country_id: 4, currency: 'eur' }, caller);
    expect(changed).toMatchObject({ country_id: 4, currency: 'EUR', currency_iso: 'EUR', currency_country_id: null });
    const snapshot = await auth.bus.call(sessions.snapshot, { userId: user.id }, caller);
    expect(snapshot).toMatchObject({ currency: 'EUR', timeZone: 'Asia/Riyadh' });
    await nats.flush();
    expect(heard[0]).toEqual({ snapshot });
    expect(await audited(snapshot.accountId, 'accounts.update')).toHaveLength(1);
  });

  it('lets only owners change country and currency, and others send them as they are', async () => {
    const caller = as(rival, 'admin');
    const same = { country_id: rival.user.country_id, currency: rival.user.currency, last_name: 'Nasser' };
    expect(await auth.bus.call(users.update, same, caller)).toMatchObject({ last_name: 'Nasser' });
    expect((await refusalOf(auth.bus.call(users.update, { currency: 'EUR' }, caller))).code).toBe('forbidden');
    expect((await refusalOf(auth.bus.call(users.update, { country_id: 2 }, caller))).code).toBe('forbidden');
  });

  it('names all that is wrong with a change', async () => {
    const bad = { first_name: '', country_id: 4000, currency: 'ZZZ', contact_number: 'call me' };
    const refusal = await refusalOf(auth.bus.call(users.update, bad, owner.caller));
    expect(Object.keys(refusal.fields ?? {})).toEqual(['first_name', 'contact_number', 'country_id', 'currency']);
  });

  it('subscribes for a month, once, and unsubscribes', async () => {
    const subscribe = () => auth.bus.call(users.subscribe, {}, rival.caller);
    const first = await subscribe();
    expect(first).toMatchObject({ isSubscribed: true, subscriptionEnds: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    expect(await subscribe()).toEqual(first);
    expect(await auth.bus.call(users.me, {}, rival.caller)).toMatchObject(first);
    expect(await auth.bus.call(users.me, {}, owner.caller)).toMatchObject({ isSubscribed: false });
    const ended = { isSubscribed: false, subscriptionFeatures: [], subscriptionEnds: null };
    expect(await auth.bus.call(users.unsubscribe, {}, rival.caller)).toEqual(ended);
    expect(await auth.bus.call(users.unsubscribe, {}, rival.caller)).toEqual(ended);
    const accountId = rival.caller.identity?.accountId ?? 0;
    expect(await audited(accountId, 'accounts.subscribe')).toHaveLength(1);
  });

  it('can be subscribed for again when the month is over', async () => {
    const { caller } = await auth.owner();
    const past = `update accounts set subscription_ends = current_date - 1 where id = $1`;
    await auth.database.query(past, [caller.identity?.accountId]);
    expect(await auth.bus.call(users.me, {}, caller)).toMatchObject({ isSubscribed: false, subscriptionEnds: null });
    expect(await auth.bus.call(users.subscribe, {}, caller)).toMatchObject({ isSubscribed: true });
  });

  it('takes a new password for the old one', async () => {
    const { caller, user } = await auth.owner();
    const change = (old_password: string, password: string, password_confirmation?: string) =>
      auth.bus.call(users.changePassword, { old_password, password, password_confirmation }, caller);
    const refusal = await refusalOf(change('not the password', 'sunshine', 'moonshine'));
    expect(refusal.fields).toEqual({
      old_password: ['The old password is incorrect.'],
      password: [
        'The password is too common. Please choose another one.',
        'The password field confirmation does not match.',
      ],
    });
    await change(PASSWORD, 'quite another river');
    const login = (password: string) => auth.bus.call(accounts.login, { email: user.email, password }, asStranger());
    expect(await login('quite another river')).toHaveProperty('user');
    expect((await refusalOf(login(PASSWORD))).code).toBe('credentials_rejected');
    expect((await auth.emailsTo(user.email))[0]).toMatchObject({ template: 'password-changed' });
    expect(await audited(user.id, 'users.change-password')).toEqual([{ before: null, after: null }]);
  });
});
