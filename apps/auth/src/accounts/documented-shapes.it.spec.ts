import { accounts, users } from '@open-cpo/contracts';
import { asStranger, reference } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, refusalOf } from '../fixture/auth-under-test';

describe('answers of auth', () => {
  let auth: AuthUnderTest;
  const email = address();
  const shapeOf = (number: number, when?: { status: number }) => {
    const operation = reference.OPERATIONS.find((one) => one.number === number);
    if (!operation) throw new Error(`There is no operation #${number}.`);
    return reference.answerOf(operation, when).shape;
  };
  const { DONE, DONE_ARABIC } = reference;
  /** As the gateway does it, but for its messages: #1 to #7 are of the third version of the API. */
  const wrapped = (number: number, value: unknown): object =>
    number <= 7
      ? { data: value, success: 1, message: DONE }
      : { success: 1, msg: DONE, msg_arabic: DONE_ARABIC, results: value };
  const check = (value: unknown, number: number, when?: { status: number }) =>
    expect(
      reference.mismatches(wrapped(number, value), shapeOf(number, when)).filter((one) => !one.startsWith('$.message')),
    ).toEqual([]);

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('have the documented keys and types from the registration to the logout', async () => {
    const stranger = asStranger();
    const input = { email, password: PASSWORD, first_name: 'Amina', last_name: 'Haddad', country_id: 1 };
    await auth.bus.call(accounts.register, input, stranger);
    const pending = await auth.bus.call(accounts.login, { email, password: PASSWORD }, stranger);
    check(pending.verification, 1, { status: 202 });
    const verification_token = pending.verification?.verification_token ?? '';
    await auth.database.query('update verifications set resend_at = now()');
    check(await auth.bus.call(accounts.resendVerification, { verification_token }, stranger), 3);
    const code = { verification_token, verification_code: await auth.codeFor(email) };
    check(await auth.bus.call(accounts.verifyEmail, code, stranger), 2);
    const { user } = await auth.bus.call(accounts.login, { email, password: PASSWORD }, stranger);
    check(user, 1);
  });

  it('have them for a reset, too', async () => {
    const stranger = asStranger();
    const begun = await auth.bus.call(accounts.resetPassword, { email }, stranger);
    check(begun, 5);
    const { verification_token } = begun;
    await auth.database.query('update verifications set resend_at = now()');
    check(await auth.bus.call(accounts.resendReset, { verification_token }, stranger), 6);
    const right = await auth.codeFor(email);
    const wrong = String((Number(right) + 1) % 10_000).padStart(4, '0');
    const guess = (verification_code: string) =>
      auth.bus.call(accounts.verifyReset, { verification_token, verification_code }, stranger);
    check((await refusalOf(guess(wrong))).data, 6);
    check(await guess(right), 7);
  });

  it('have them for own data', async () => {
    const { caller } = await auth.owner();
    check(await auth.bus.call(users.me, {}, caller), 8);
    check(await auth.bus.call(users.permissions, {}, caller), 12);
    check(await auth.bus.call(users.roles, {}, caller), 13);
    check(await auth.bus.call(users.subscribe, {}, caller), 14);
    check(await auth.bus.call(users.unsubscribe, {}, caller), 15);
    check(await auth.bus.call(users.update, { last_name: 'Nasser' }, caller), 8);
  });
});
