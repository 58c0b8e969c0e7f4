import { randomUUID } from 'node:crypto';
import { accounts, type Verification } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, refusalOf } from '../fixture/auth-under-test';

describe('a request that is repeated under its Idempotency-Key', () => {
  let auth: AuthUnderTest;
  const keyed = (ip = '192.0.2.9') => ({ ...asStranger({ ip }), idempotencyKey: randomUUID() });
  const input = (email: string) => ({
    email,
    password: PASSWORD,
    first_name: 'Amina',
    last_name: 'Haddad',
    country_id: 1,
  });

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('registers once and mails once', async () => {
    const [email, caller] = [address(), keyed()];
    const first = await auth.bus.call(accounts.register, input(email), caller);
    expect(await auth.bus.call(accounts.register, input(email), caller)).toEqual(first);
    expect(await auth.emailsTo(email)).toHaveLength(1);
    expect(await auth.database.query('select 1 from registrations where email = $1', [email])).toHaveLength(1);
  });

  it('spends one attempt on a wrong code, and is told the same again', async () => {
    const [email, caller] = [address(), keyed()];
    const { verification_token } = await auth.bus.call(accounts.register, input(email), asStranger());
    const right = await auth.codeFor(email);
    const verification_code = String((Number(right) + 1) % 10_000).padStart(4, '0');
    const guess = () =>
      refusalOf(auth.bus.call(accounts.verifyEmail, { verification_token, verification_code }, caller));
    const refusals = [await guess(), await guess(), await guess()];
    expect(refusals.map(({ data }) => (data as Verification).available_attempts)).toEqual([2, 2, 2]);
    const rows = await auth.database.query('select attempts from verifications where email = $1', [email]);
    expect(rows).toEqual([{ attempts: 2 }]);
  });

  it('makes one account, and gives its token again to who lost the answer', async () => {
    const [email, caller] = [address(), keyed()];
    const { verification_token } = await auth.bus.call(accounts.register, input(email), asStranger());
    const code = { verification_token, verification_code: await auth.codeFor(email) };
    const first = await auth.bus.call(accounts.verifyEmail, code, caller);
    expect(await auth.bus.call(accounts.verifyEmail, code, caller)).toEqual(first);
    expect(await auth.database.query('select 1 from sessions where user_id = $1', [first.id])).toHaveLength(1);
  });

  it('is another request for another address, and refused with another body', async () => {
    const [email, other, caller] = [address(), address(), keyed()];
    await auth.bus.call(accounts.register, input(email), caller);
    const mismatch = await refusalOf(auth.bus.call(accounts.register, input(other), caller));
    expect(mismatch.code).toBe('idempotency_mismatch');
    const elsewhere = { ...caller, ip: '192.0.2.10' };
    expect(await auth.bus.call(accounts.register, input(other), elsewhere)).toHaveProperty('verification_token');
  });

  it('leaves no token in the table of answers', async () => {
    const { user } = await auth.owner();
    const login = { email: user.email, password: PASSWORD };
    const answer = await auth.bus.call(accounts.login, login, keyed());
    const rows = await auth.database.query<{ answer: Buffer }>('select answer from idempotency_keys');
    const token = answer.user?.access_token ?? 'none';
    expect(rows.some((row) => row.answer.toString('latin1').includes(token))).toBe(false);
  });
});
