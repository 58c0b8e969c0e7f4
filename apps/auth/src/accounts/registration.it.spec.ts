import { accounts, sessions, users } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, claimsOf, PASSWORD, refusalOf } from '../fixture/auth-under-test';

describe('registering', () => {
  let auth: AuthUnderTest;
  const person = { password: PASSWORD, first_name: 'Amina', last_name: 'Haddad', country_id: 195 };
  const register = (email: string, more: object = {}) =>
    auth.bus.call(accounts.register, { ...person, email, ...more }, asStranger());

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('asks for the code that was mailed, in the language of who asks', async () => {
    const email = address();
    const answer = await auth.bus.call(accounts.register, { ...person, email }, asStranger({ language: 'ar' }));
    expect(answer).toEqual({
      require_verification: 1,
      verification_token: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      can_resend_in_seconds: expect.any(Number),
      available_attempts: 3,
      sent_to: expect.stringMatching(/^.\*\*\*.@example\.com$/),
    });
    // Counted down from a minute, on a machine that may be busy.
    expect(answer.can_resend_in_seconds).toBeGreaterThan(30);
    expect(answer.can_resend_in_seconds).toBeLessThanOrEqual(60);
    const [mail] = await auth.emailsTo(email);
    expect(mail).toMatchObject({ template: 'verify-email', state: 'waiting', language: 'ar' });
    expect(mail?.params).toEqual({ code: expect.stringMatching(/^\d{4}$/), minutes: '10', name: 'Amina' });
  });

  it('makes an account with its owner when the code is right', async () => {
    const more = { ...person, contact_number: '+966 (97) 797-7974', vat_id: '7' };
    const { user, caller } = await auth.owner(address(), more);
    expect(user).toEqual({
      id: expect.any(Number),
      status: 1,
      customer_type: 'C',
      first_name: 'Amina',
      last_name: 'Haddad',
      full_name: 'Amina Haddad',
      contact_number: '966977977974',
      email: expect.stringContaining('@example.com'),
      email_verified: 1,
      balance: '0.00',
      access_token: expect.any(String),
      isSubscribed: false,
      subscriptionFeatures: [],
      subscriptionEnds: null,
      country_id: 195,
      currency: 'DZD',
      vat_id: '7',
    });
    const userId = user.id;
    const accountId = caller.identity?.accountId;
    const snapshot = await auth.bus.call(sessions.snapshot, { userId }, caller);
    const place = { currency: 'DZD', timeZone: 'Africa/Algiers' };
    expect(snapshot).toEqual({
      userId,
      accountId,
      ownerId: userId,
      role: 'owner',
      ...place,
      active: true,
      removed: false,
      secondFactorMissing: false,
    });
    expect(await auth.bus.call(users.me, {}, caller)).toMatchObject({ email: user.email, currency_country_id: 195 });
    expect(claimsOf(user.access_token)).toMatchObject({ iss: 'open-cpo', data: { user_id: user.id, user_type: 1 } });
  });

  it('takes the currency that was asked for, else the country’s', async () => {
    expect((await auth.owner(address(), { currency: 'eur' })).user.currency).toBe('EUR');
    expect((await auth.owner(address(), { country_id: 2 })).user.currency).toBe('UAH');
  });

  it('names everything that is wrong at once', async () => {
    const bad = { email: 'nobody', password: 'password1', first_name: '', country_id: 4000, currency: 'XXX' };
    const refusal = await refusalOf(register('', bad));
    expect(refusal.code).toBe('validation_failed');
    expect(refusal.fields).toEqual({
      email: ['The email field must be a valid email address.'],
      password: ['The password is too common. Please choose another one.'],
      first_name: ['The first name field is required.'],
      country_id: ['The selected country id is invalid.'],
      currency: ['The selected currency is invalid.'],
    });
  });

  it.each([
    ['1234567', 'The password field must be at least 8 characters.'],
    ['x'.repeat(257), 'The password field must not be greater than 256 characters.'],
    ['SUNSHINE', 'The password is too common. Please choose another one.'],
  ])('refuses password %# of the bad ones', async (password, text) => {
    expect((await refusalOf(register(address(), { password }))).fields).toEqual({ password: [text] });
  });

  it('tells by mail alone that an address has an account', async () => {
    const { user } = await auth.owner();
    const [taken, free] = [await register(user.email), await register(address())];
    const without = (shown: object) => ({ ...shown, verification_token: '', sent_to: '' });
    expect(Object.keys(taken)).toEqual(Object.keys(free));
    expect(without(taken)).toEqual(without(free));
    const [mail] = await auth.emailsTo(user.email);
    expect(mail).toMatchObject({ template: 'already-registered', state: 'waiting', params: { name: 'Amina' } });
    const guess = { verification_token: taken.verification_token, verification_code: '0000' };
    expect((await refusalOf(auth.bus.call(accounts.verifyEmail, guess, asStranger()))).code).toBe('incorrect_code');
  });

  it('lets the first proof of an address win, and keeps no other registration of it', async () => {
    const email = address();
    const first = await register(email, { first_name: 'First' });
    const firstCode = await auth.codeFor(email);
    const second = await register(email, { first_name: 'Second' });
    const enter = ({ verification_token }: { verification_token: string }, verification_code: string) =>
      auth.bus.call(accounts.verifyEmail, { verification_token, verification_code }, asStranger());
    const secondCode = await auth.codeFor(email);
    expect(await enter(second, secondCode)).toMatchObject({ first_name: 'Second' });
    expect((await refusalOf(enter(first, firstCode))).code).toBe('verification_expired');
    expect(await auth.database.query('select 1 from users where email = $1', [email])).toHaveLength(1);
  });
});
