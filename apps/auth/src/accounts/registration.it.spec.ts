import { accounts, sessions, users } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, claimsOf, PASSWORD } from '../fixture/auth-under-test';

describe('registering', () => {
  let auth: AuthUnderTest;
  const person = { password: PASSWORD, first_name: 'Amina', last_name: 'Haddad', country_id: 195 };

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('asks for the code that was mailed', async () => {
    const email = address();
    const answer = await auth.bus.call(accounts.register, { ...person, email }, asStranger({ language: 'ar' }));
    expect(answer).toEqual({
      require_verification: 1,
      verification_token: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      can_resend_in_seconds: 60,
      available_attempts: 3,
      sent_to: expect.stringMatching(/^.\*\*\*.@example\.com$/),
    });
    const [mail] = await auth.emailsTo(email);
    expect(mail).toMatchObject({ template: 'verify-email', state: 'waiting', language: 'ar' });
    expect(mail?.params).toEqual({ code: expect.stringMatching(/^\d{4}$/), minutes: '10', name: 'Amina' });
  });

  it('makes an account with its owner when the code is right', async () => {
    const { user, caller } = await auth.owner(address(), {
      ...person,
      contact_number: '+966 (97) 797-7974',
      vat_id: '7',
    });
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
    const snapshot = await auth.bus.call(sessions.snapshot, { userId: user.id }, caller);
    const accountId = caller.identity?.accountId;
    expect(snapshot).toEqual({
      userId: user.id,
      accountId,
      role: 'owner',
      currency: 'DZD',
      timeZone: 'Africa/Algiers',
      active: true,
    });
    expect(await auth.bus.call(users.me, {}, caller)).toMatchObject({ email: user.email, currency_country_id: 195 });
    expect(claimsOf(user.access_token)).toMatchObject({ iss: 'open-cpo', data: { user_id: user.id, user_type: 1 } });
  });
});
