import { accounts, sessions } from '@open-cpo/contracts';
import { asStranger } from '@open-cpo/testing';
import { AuthUnderTest } from '../fixture/auth-under-test';
import { DEMO_PASSWORD } from './demo-people';
import { loadDemo } from './load-demo';

describe('the demo accounts', () => {
  let auth: AuthUnderTest;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    await loadDemo(auth.database.url);
    await loadDemo(auth.database.url);
  });

  afterAll(() => auth.stop());

  it.each([
    ['owner@demo.test', 1, 'DZD', 'owner', 1],
    ['rival@demo.test', 2, 'JOD', 'owner', 2],
    ['viewer@demo.test', 3, 'DZD', 'viewer', 1],
  ])('%s can log in', async (email, id, currency, role, accountId) => {
    const { user } = await auth.bus.call(accounts.login, { email, password: DEMO_PASSWORD }, asStranger());
    expect(user).toMatchObject({ id, email, currency, email_verified: 1 });
    const snapshot = await auth.bus.call(sessions.snapshot, { userId: id }, asStranger());
    expect(snapshot).toMatchObject({ role, accountId, active: true });
  });

  it('leave the next ids to those who register', async () => {
    const { user, caller } = await auth.owner();
    expect(user.id).toBeGreaterThan(3);
    expect(caller.identity?.accountId).toBeGreaterThan(2);
  });

  it('are not put where other people have their ids', async () => {
    await auth.database.query(`update users set email = 'someone@example.com' where id = 2`);
    await expect(loadDemo(auth.database.url)).rejects.toThrow('Other people are registered already');
  });
});
