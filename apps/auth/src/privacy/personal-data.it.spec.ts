import { Controller, Module } from '@nestjs/common';
import { payoutsMethods, personalDataExports, users } from '@open-cpo/contracts';
import { allRows, Handles, internalCaller } from '@open-cpo/messaging';
import { startTestService, type TestService, until } from '@open-cpo/testing';
import { AuthUnderTest, type Person, refusalOf } from '../fixture/auth-under-test';

const asked: unknown[] = [];

@Controller()
class FakePayouts {
  @Handles(payoutsMethods.mine)
  mine(_: object, caller: Person['caller']): Promise<never[]> {
    asked.push(caller.identity?.accountId);
    return Promise.resolve([{ id: 1, name: 'bank_transfer', account_number: '****0570' }] as never[]);
  }
}

@Module({ controllers: [FakePayouts] })
class FakePayoutsModule {}

describe('the export of personal data', () => {
  let auth: AuthUnderTest;
  let payouts: TestService;
  let owner: Person;
  let member: Person;
  let rival: Person;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    const serves = [{ mine: payoutsMethods.mine }];
    payouts = await startTestService({ broker: auth.broker, module: FakePayoutsModule, serves, name: 'payouts' });
    [owner, rival] = [await auth.owner(), await auth.owner()];
    member = await auth.member(owner, 'viewer');
    await auth.bus.call(users.update, { first_name: 'Zuleikha' }, member.caller);
  });
  afterAll(async () => {
    await payouts?.stop();
    await auth?.stop();
  });

  const start = ({ caller }: Person) => auth.bus.call(personalDataExports.start, {}, caller);
  /** What the worker is given to write. */
  const rowsOf = async (person: Person): Promise<[string, Record<string, unknown>][]> => {
    const { id: exportId } = await start(person);
    const run = `run-${exportId.slice(-10)}`;
    // One of an account is written at a time.
    const begun = () => auth.bus.call(personalDataExports.begin, { exportId, run }, internalCaller());
    await until(
      () =>
        begun().then(
          () => true,
          () => false,
        ),
      'the turn of the export',
    );
    const stream = auth.bus.stream(personalDataExports.rows, { exportId, run }, internalCaller({}, 30_000));
    const rows = await allRows<[string, string]>(stream);
    const file = { object: 'o', size: '1', digest: 'a'.repeat(64), rows: 1 };
    await auth.bus.call(personalDataExports.finished, { exportId, run, ...file }, internalCaller());
    return rows.map(([section, data]) => [section, JSON.parse(data) as Record<string, unknown>]);
  };

  it('has what is held of the user who asks, without secrets, and nothing of others', async () => {
    const rows = await rowsOf(member);
    const sections = new Set(rows.map(([section]) => section));
    expect([...sections]).toEqual(expect.arrayContaining(['user', 'session', 'audit entry']));
    expect(sections.has('account')).toBe(false);
    const user = rows.find(([section]) => section === 'user');
    expect(user?.[1]).toMatchObject({ email: member.user.email, first_name: 'Zuleikha' });
    const text = JSON.stringify(rows);
    expect(text).not.toMatch(/password_hash|argon2|token_hash/);
    expect(text).not.toContain(rival.user.email);
    expect(text).not.toContain(owner.user.email);
    expect(asked).toEqual([]);
  });

  it('of an owner has the account and the payout methods', async () => {
    const rows = await rowsOf(owner);
    expect(rows).toContainEqual(['payout method', expect.objectContaining({ account_number: '****0570' })]);
    expect(rows.map(([section]) => section)).toContain('account');
    expect(asked).toEqual([owner.caller.identity?.accountId]);
  });

  it('is joined by nobody else of the account, and shown to nobody else', async () => {
    const [mine, theirs] = [await start(owner), await start(member)];
    expect(mine.id).not.toBe(theirs.id);
    expect((await start(owner)).id).toBe(mine.id);
    const show = ({ caller }: Person, exportId: string) => auth.bus.call(personalDataExports.one, { exportId }, caller);
    expect(await show(owner, mine.id)).toMatchObject({ kind: 'personal-data' });
    expect((await refusalOf(show(member, mine.id))).code).toBe('forbidden');
    expect((await refusalOf(show(rival, mine.id))).code).toBe('forbidden');
    for (const [person, { id }] of [
      [owner, mine],
      [member, theirs],
    ] as const) {
      await auth.bus.call(personalDataExports.cancel, { exportId: id }, person.caller);
    }
  });
});
