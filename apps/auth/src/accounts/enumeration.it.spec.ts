import { accounts } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
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
});
