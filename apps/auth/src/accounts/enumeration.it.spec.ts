import { accounts, members, Refusal } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { EmailLimits } from '../emails/email-limits';
import { address, AuthUnderTest, PASSWORD } from '../fixture/auth-under-test';

/** The work that an answer cost: time is too noisy to compare in a test, statements and hashes are not. */
describe('whether an address is known', () => {
  let auth: AuthUnderTest;
  const rows = async (): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const table of ['registrations', 'verifications', 'emails', 'outbox', 'audit_log', 'users', 'sessions']) {
      const [row] = await auth.database.query<{ count: number }>(`select count(*)::int as count from ${table}`);
      counts[table] = row?.count ?? 0;
    }
    return counts;
  };
  const written = async (work: () => Promise<unknown>): Promise<Record<string, number>> => {
    const before = await rows();
    await work().catch(() => undefined);
    const after = await rows();
    return Object.fromEntries(Object.entries(after).map(([table, count]) => [table, count - (before[table] ?? 0)]));
  };

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });

  afterAll(() => auth.stop());

  const register = (email: string) =>
    auth.bus.call(
      accounts.register,
      { email, password: PASSWORD, first_name: 'A', last_name: 'B', country_id: 1 },
      asStranger(),
    );
  const login = (email: string) => auth.bus.call(accounts.login, { email, password: 'not it' }, asStranger());
  const reset = (email: string) => auth.bus.call(accounts.resetPassword, { email }, asStranger());
  const resend = async (email: string) => {
    const { verification_token } = await reset(email);
    await auth.database.query('update verifications set resend_at = now()');
    return auth.bus.call(accounts.resendReset, { verification_token }, asStranger());
  };

  it.each([
    ['registration', register],
    ['login', login],
    ['reset', reset],
    ['resend', resend],
  ])('does not show in what a %s writes', async (_, ask) => {
    const { user } = await auth.owner();
    const known = await written(() => ask(user.email));
    const unknown = await written(() => ask(address()));
    expect(known).toEqual(unknown);
  });

  /** What a client sees of a sequence of requests, but for what differs from one request to the next anyway. */
  const seen = async (steps: (email: string) => (() => Promise<unknown>)[], email: string): Promise<string[]> => {
    const answers: string[] = [];
    for (const step of steps(email)) {
      const answer = await step().catch((error: unknown) =>
        error instanceof Refusal ? error.toWire() : String(error),
      );
      answers.push(
        JSON.stringify(answer)
          .replace(/"(verification_token|sent_to)":"[^"]+"/g, '…')
          .replace(/"(can_resend_in_seconds|retryAfter)":\d+/g, '…'),
      );
    }
    return answers;
  };
  const guess = 'a password of the stranger';
  const registerWith = (email: string) =>
    auth.bus.call(
      accounts.register,
      { email, password: guess, first_name: 'A', last_name: 'B', country_id: 1 },
      asStranger(),
    );
  const loginWith = (email: string) => auth.bus.call(accounts.login, { email, password: guess }, asStranger());
  const sequences: [string, (email: string) => (() => Promise<unknown>)[]][] = [
    ['register, login', (email) => [() => registerWith(email), () => loginWith(email)]],
    ['register, login, login', (email) => [() => registerWith(email), () => loginWith(email), () => loginWith(email)]],
    ['reset, login', (email) => [() => reset(email), () => loginWith(email)]],
    ['register, reset, login', (email) => [() => registerWith(email), () => reset(email), () => loginWith(email)]],
    ['login, register, reset', (email) => [() => loginWith(email), () => registerWith(email), () => reset(email)]],
    ['twelve logins', (email) => Array.from({ length: 12 }, () => () => login(email))],
  ];

  it.each(sequences)('does not show in the sequence %s', async (_, steps) => {
    const { user } = await auth.owner();
    expect(await seen(steps, user.email)).toEqual(await seen(steps, address()));
  });

  it('does not show in invite, login', async () => {
    const [{ user }, inviter] = [await auth.owner(), await auth.owner()];
    const steps = (email: string) => [
      () => auth.bus.call(members.invite, { email, role: 'viewer' }, inviter.caller).then(({ status }) => status),
      () => loginWith(email),
      () => registerWith(email),
      () => loginWith(email),
    ];
    expect(await seen(steps, user.email)).toEqual(await seen(steps, address()));
  });

  it('costs as many writes in register, login', async () => {
    const { user } = await auth.owner();
    const [known, unknown] = [user.email, address()];
    await registerWith(known);
    await registerWith(unknown);
    expect(await written(() => loginWith(known))).toEqual(await written(() => loginWith(unknown)));
  });

  it('does not show in whether the limits of e-mails are looked up', async () => {
    const { user } = await auth.owner();
    const reached = jest.spyOn(auth.service.app.get(EmailLimits, { strict: false }), 'reached');
    for (const email of [user.email, address()]) await reset(email);
    expect(reached.mock.calls.map(([, template]) => template)).toEqual(['reset-password', 'reset-password']);
    reached.mockRestore();
  });

  it('leaves a person whose address a stranger has registered their own answer', async () => {
    const email = address();
    await register(email);
    await registerWith(email);
    const own = await auth.bus.call(accounts.login, { email, password: PASSWORD }, asStranger());
    expect(own.verification).toMatchObject({ require_verification: 1 });
    const code = {
      verification_token: own.verification?.verification_token ?? '',
      verification_code: await auth.codeFor(email),
    };
    await auth.bus.call(accounts.verifyEmail, code, asStranger());
    expect(await auth.bus.call(accounts.login, { email, password: PASSWORD }, asStranger())).toHaveProperty('user');
  });
});
