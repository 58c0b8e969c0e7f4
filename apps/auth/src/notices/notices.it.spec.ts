import { randomUUID } from 'node:crypto';
import { Controller, Module } from '@nestjs/common';
import {
  confirmations,
  type HeldMethod,
  payoutsNotice,
  payoutsStops,
  type SensitiveChange,
  sessions,
} from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { Handles } from '@open-cpo/messaging';
import { asStranger, startTestService, type TestService, until } from '@open-cpo/testing';
import { AuthUnderTest, PASSWORD, type Person } from '../fixture/auth-under-test';
import { Authenticator } from '../fixture/authenticator';

const TOKEN = 'a'.repeat(40);
const minted: HeldMethod[] = [];

@Controller()
class FakePayouts {
  @Handles(payoutsStops.mint)
  async mint(held: HeldMethod) {
    minted.push(held);
    return { token: TOKEN };
  }
}

@Module({ controllers: [FakePayouts] })
class FakePayoutsModule {}

describe('sensitive changes that other services make', () => {
  let auth: AuthUnderTest;
  let payouts: TestService;
  let owner: Person;
  let rival: Person;

  beforeAll(async () => {
    auth = await AuthUnderTest.start();
    const { mint } = payoutsStops;
    payouts = await startTestService({
      broker: auth.broker,
      module: FakePayoutsModule,
      serves: [{ mint }],
      name: 'payouts',
    });
    [owner, rival] = [await auth.owner(), await auth.owner()];
  });

  afterAll(async () => {
    await payouts?.stop();
    await auth?.stop();
  });

  const accountId = () => owner.caller.identity?.accountId ?? 0;
  const told = async (change: Pick<SensitiveChange, 'kind' | 'details'>): Promise<void> => {
    const eventId = randomUUID();
    await auth.service.app.get(EventPublisher).publish({
      subject: `${payoutsNotice.subject}.${accountId()}`,
      eventId,
      payload: JSON.stringify({ ...change, account_id: accountId(), user_id: owner.user.id }),
      occurredAt: new Date().toISOString(),
    });
    const seen = `select 1 from inbox where consumer = 'auth-payout-notices' and event_id = $1`;
    await until(async () => (await auth.database.query(seen, [eventId])).length > 0, 'the event to be handled');
  };

  it('are told to every owner of the account, with a link where payouts wait, and to nobody else', async () => {
    const details = { method: 'bank_transfer', account: '****0001', until: '2026-12-01 09:30', held_method: '2' };
    await told({ kind: 'payout-method-changed', details });
    const [letter] = await auth.emailsTo(owner.user.email);
    expect(letter).toMatchObject({
      template: 'account-notice',
      params: {
        change: 'payout-method-changed',
        account: '****0001',
        actor_email: owner.user.email,
        link: `${auth.config.publicUrl}/payout-stops/${TOKEN}`,
      },
    });
    expect(minted).toEqual([{ account_id: accountId(), method_id: 2 }]);
    expect((await auth.emailsTo(rival.user.email)).map(({ template }) => template)).not.toContain('account-notice');
  });

  it('log out whoever made the change that was stopped', async () => {
    await told({ kind: 'payout-method-stopped', details: { method: 'stripe', changed_by: String(owner.user.id) } });
    const ended = await auth.database.query('select ended_at is not null as ended from sessions where id = $1', [
      owner.jti,
    ]);
    expect(ended).toEqual([{ ended: true }]);
    expect((await auth.emailsTo(owner.user.email))[0]).toMatchObject({ params: { change: 'payout-method-stopped' } });
    await auth.bus.call(sessions.snapshot, { userId: owner.user.id }, asStranger());
  });

  it('are confirmed with a code of the caller’s own second factor, which is used up', async () => {
    const person = await auth.owner();
    const { app } = await Authenticator.setUp(auth, person);
    const confirm = (code: string, { caller } = person) => auth.bus.call(confirmations.secondFactor, { code }, caller);
    const wrong = { fields: { second_factor_code: ['The second factor code is incorrect.'] } };
    const code = await app.code();
    await expect(confirm(code, rival)).rejects.toMatchObject(wrong);
    await confirm(code);
    await expect(confirm(code)).rejects.toMatchObject(wrong);
  });

  it('are confirmed with the caller’s own password alone', async () => {
    const confirm = (password: string) => auth.bus.call(confirmations.password, { password }, rival.caller);
    await confirm(PASSWORD);
    await expect(confirm('some other river')).rejects.toMatchObject({
      fields: { current_password: ['The current password is incorrect.'] },
    });
  });
});
