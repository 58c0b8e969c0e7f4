import { randomUUID } from 'node:crypto';
import { accounts, type AuthUser, balanceChanged, users } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { asStranger, until } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD, type Person } from '../fixture/auth-under-test';

describe('the balance of an account', () => {
  let auth: AuthUnderTest;
  let owner: Person;
  let rival: Person;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
  });
  beforeEach(async () => {
    owner = await auth.owner(undefined, { country_id: 195 });
    rival = await auth.owner();
  });
  afterAll(() => auth.stop());

  const told = async (
    account_id: number | undefined,
    balance_usd: string,
    sequence: number,
    earned?: object,
  ): Promise<void> => {
    const eventId = randomUUID();
    await auth.service.app.get(EventPublisher).publish({
      subject: `${balanceChanged.subject}.${account_id}`,
      eventId,
      payload: JSON.stringify({ account_id, balance_usd, sequence, earned }),
      occurredAt: new Date().toISOString(),
    });
    const seen = `select 1 from inbox where consumer = 'auth-balances' and event_id = $1`;
    await until(async () => (await auth.database.query(seen, [eventId])).length > 0, 'the fact to be handled');
  };
  const accountOf = ({ caller }: Person): number | undefined => caller.identity?.accountId;
  const login = async ({ user }: Person): Promise<AuthUser | undefined> =>
    (await auth.bus.call(accounts.login, { email: user.email, password: PASSWORD }, asStranger())).user;
  const me = async ({ caller }: Person): Promise<string> => (await auth.bus.call(users.me, {}, caller)).balance;
  const rateOf = (code: string, rate: number) =>
    auth.database.query('update currencies set usd_rate = $2 where code = $1', [code, rate]);

  it('is nothing as long as nothing was told', async () => {
    expect(owner.user.balance).toBe('0.00');
    expect(await me(owner)).toBe('0.00');
  });

  it('is shown to its own people in their currency, at login and later', async () => {
    await rateOf('DZD', 136.2);
    await told(accountOf(owner), '7.005', 1);
    expect((await login(owner))?.balance).toBe('954.08');
    expect(await me(owner)).toBe('954.08');
    expect((await login(rival))?.balance).toBe('0.00');
    expect(await me(rival)).toBe('0.00');
    await rateOf('DZD', 100);
    expect(await me(owner)).toBe('700.50');
  });

  it('keeps the rates of the orders that it comes from', async () => {
    await rateOf('DZD', 100);
    await told(accountOf(owner), '7.5', 1, { DZD: ['7', '950'], EUR: ['0.1', '0.09'] });
    expect((await login(owner))?.balance).toBe('1000.00');
    await rateOf('DZD', 136.2);
    expect(await me(owner)).toBe('1018.10');
    await rateOf('DZD', 100);
  });

  it('is shown as it is when it is a debt', async () => {
    await rateOf('DZD', 100);
    await told(accountOf(owner), '-9.5', 4);
    expect((await login(owner))?.balance).toBe('-950.00');
    expect(await me(owner)).toBe('-950.00');
  });

  it('is the latest one, whatever is told late or twice', async () => {
    await rateOf('DZD', 100);
    await told(accountOf(owner), '2', 2);
    await told(accountOf(owner), '1', 1);
    expect(await me(owner)).toBe('200.00');
    await told(accountOf(owner), '9', 2);
    expect(await me(owner)).toBe('200.00');
    await told(accountOf(owner), '0', 3);
    expect(await me(owner)).toBe('0.00');
  });

  it('may be told of an account that is not here', async () => {
    await told(999_999, '1', 1);
    expect(await me(owner)).toBe('0.00');
  });
});
