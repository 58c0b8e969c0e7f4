import { accounts, type Verification } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { address, AuthUnderTest, PASSWORD, refusalOf } from '../fixture/auth-under-test';

describe('a verification', () => {
  let auth: AuthUnderTest;
  const caller = () => asStranger();
  const input = { password: PASSWORD, first_name: 'Amina', last_name: 'Haddad', country_id: 1 };
  const begin = (email: string): Promise<Verification> =>
    auth.bus.call(accounts.register, { ...input, email }, caller());
  const enter = (verification_token: string, verification_code: string) =>
    auth.bus.call(accounts.verifyEmail, { verification_token, verification_code }, caller());
  const resend = (verification_token: string) =>
    auth.bus.call(accounts.resendVerification, { verification_token }, caller());
  const wrong = (code: string): string => String((Number(code) + 1) % 10_000).padStart(4, '0');
  const later = (email: string, column: string, interval: string) =>
    auth.database.query(`update verifications set ${column} = ${column} - interval '${interval}' where email = $1`, [
      email,
    ]);

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  it('counts wrong codes down to none, and is then over for the right one too', async () => {
    const email = address();
    const { verification_token: token, sent_to } = await begin(email);
    const code = await auth.codeFor(email);
    for (const left of [2, 1, 0]) {
      const refusal = await refusalOf(enter(token, wrong(code)));
      expect(refusal).toMatchObject({ code: 'incorrect_code', message: 'Incorrect verification code.' });
      expect(refusal.data).toEqual({
        require_verification: 1,
        verification_token: token,
        can_resend_in_seconds: expect.any(Number),
        available_attempts: left,
        sent_to,
      });
    }
    const over = await refusalOf(enter(token, code));
    expect(over).toMatchObject({ code: 'verification_expired', kind: 'invalid', data: { available_attempts: 0 } });
  });

  it('spends exactly its attempts on fifty guesses at once', async () => {
    const email = address();
    const { verification_token: token } = await begin(email);
    const code = wrong(await auth.codeFor(email));
    const guesses = Array.from({ length: 50 }, () => refusalOf(enter(token, code)));
    const codes = (await Promise.all(guesses)).map((refusal) => refusal.code);
    const spent = codes.filter((one) => one === 'incorrect_code').length;
    const rows = await auth.database.query('select attempts from verifications where email = $1', [email]);
    expect(rows).toEqual([{ attempts: 3 - spent }]);
    expect(spent).toBeLessThanOrEqual(3);
    const others = ['incorrect_code', 'verification_expired', 'too_many_requests', 'service_unavailable'];
    expect(codes.filter((one) => !others.includes(one))).toEqual([]);
  });

  it('is good once, also for twenty who enter the right code at once', async () => {
    const email = address();
    const { verification_token: token } = await begin(email);
    const code = await auth.codeFor(email);
    const entered = await Promise.allSettled(Array.from({ length: 20 }, () => enter(token, code)));
    expect(entered.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await auth.database.query('select 1 from users where email = $1', [email])).toHaveLength(1);
  });

  it('lives for ten minutes', async () => {
    const email = address();
    const { verification_token: token } = await begin(email);
    await later(email, 'expires_at', '10 minutes');
    const code = await auth.codeFor(email);
    expect(await refusalOf(enter(token, code))).toMatchObject({ code: 'verification_expired' });
    expect(await refusalOf(resend(token))).toMatchObject({ code: 'verification_expired' });
  });

  it('that never was has nothing to show', async () => {
    const refusal = await refusalOf(enter('27ee3f39-8768-4bc3-a6ae-440d87660b02', '1234'));
    expect(refusal).toMatchObject({ code: 'verification_expired', data: undefined });
  });

  it('refuses a code that is none without spending an attempt', async () => {
    const email = address();
    const { verification_token: token } = await begin(email);
    const refusal = await refusalOf(enter(token, '12a4'));
    expect(refusal.fields).toEqual({ verification_code: ['The verification code field must be 4 digits.'] });
    expect(await auth.database.query('select attempts from verifications where email = $1', [email])).toEqual([
      { attempts: 3 },
    ]);
  });

  it('sends no other code before its time, and says when', async () => {
    const { verification_token: token } = await begin(address());
    const refusal = await refusalOf(resend(token));
    expect(refusal).toMatchObject({ code: 'resend_too_early', kind: 'too-many' });
    const { can_resend_in_seconds: seconds } = refusal.data as Verification;
    expect(refusal.retryAfter).toBe(seconds);
    expect(seconds).toBeGreaterThan(0);
  });

  it('costs an attempt and twice the wait with every further code, which replaces the last', async () => {
    const email = address();
    const { verification_token: token } = await begin(email);
    const first = await auth.codeFor(email);
    for (const [seconds, left] of [
      [120, 2],
      [240, 1],
      [480, 1],
    ] as const) {
      await later(email, 'resend_at', '1 hour');
      const shown = await resend(token);
      expect(shown).toMatchObject({
        verification_token: token,
        can_resend_in_seconds: seconds,
        available_attempts: left,
      });
    }
    const code = await auth.codeFor(email);
    if (code !== first) expect((await refusalOf(enter(token, first))).code).toBe('incorrect_code');
    else expect(await enter(token, code)).toMatchObject({ email });
  });

  it('is kept neither as token nor as code', async () => {
    const email = address();
    const { verification_token: token } = await begin(email);
    const rows = await auth.database.query('select * from verifications where email = $1', [email]);
    const stored = JSON.stringify(rows).toLowerCase();
    expect(stored).not.toContain(token);
    const [mail] = await auth.database.query<{ params: Buffer }>('select params from emails where recipient = $1', [
      email,
    ]);
    expect(mail?.params.toString('latin1')).not.toContain('code');
  });

  it('begins twenty times a day for an address and a network, known or not, and then once an hour', async () => {
    const { user } = await auth.owner();
    const ask = (email: string, ip: string) => auth.bus.call(accounts.resetPassword, { email }, asStranger({ ip }));
    for (const email of [address(), user.email]) {
      for (let n = 0; n < 20; n += 1) await ask(email, '203.0.113.1');
      const refusal = await refusalOf(ask(email, '203.0.113.1'));
      expect(refusal.code).toBe('too_many_requests');
      expect(refusal.retryAfter).toBeLessThanOrEqual(3600);
      expect(await ask(email, '198.51.100.1')).toHaveProperty('verification_token');
      await later(email, 'created_at', '61 minutes');
      expect(await ask(email, '203.0.113.1')).toHaveProperty('verification_token');
    }
  });

  it('of strangers leaves the owner of the address a way, and resets leave registrations one', async () => {
    const { user } = await auth.owner();
    await auth.bus.call(accounts.login, { email: user.email, password: PASSWORD }, asStranger({ ip: '198.51.100.7' }));
    const ask = (ip: string) => auth.bus.call(accounts.resetPassword, { email: user.email }, asStranger({ ip }));
    for (let n = 0; n < 40; n += 1) await ask(`203.0.${n}.1`);
    for (let n = 0; n < 3; n += 1) expect(await ask('203.0.113.99')).toHaveProperty('verification_token');
    expect((await refusalOf(ask('203.0.113.99'))).code).toBe('too_many_requests');
    expect(await ask('198.51.100.8')).toHaveProperty('verification_token');
    expect(await begin(user.email)).toHaveProperty('verification_token');
  });
});
