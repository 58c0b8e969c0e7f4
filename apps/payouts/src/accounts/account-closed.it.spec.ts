import { randomUUID } from 'node:crypto';
import { accountClosed, payoutsAccounts, payoutsMethods, payoutsPayouts } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { internalCaller } from '@open-cpo/messaging';
import { until } from '@open-cpo/testing';
import { Orders } from '../test/orders';
import { owner, type Payouts, rival, startPayouts } from '../test/payouts';

describe('an account that is closed', () => {
  let payouts: Payouts;
  beforeAll(async () => (payouts = await startPayouts('account_closed')));
  afterAll(() => payouts?.stop());
  beforeEach(() => payouts.empty());

  const close = async (account_id: number): Promise<void> => {
    const [eventId, at] = [randomUUID(), new Date().toISOString()];
    const payload = JSON.stringify({ account_id, closed_at: at });
    const subject = `${accountClosed.subject}.${account_id}`;
    await payouts.app.get(EventPublisher, { strict: false }).publish({ subject, eventId, payload, occurredAt: at });
    const seen = `select 1 from inbox where consumer = 'payouts-accounts-closed' and event_id = $1`;
    await until(async () => (await payouts.db.query(seen, [eventId])).length > 0, 'the event to be handled');
  };
  const money = (account_id = 1) => payouts.bus.call(payoutsAccounts.money, { account_id }, internalCaller());
  const mine = (caller = owner()) => payouts.bus.call(payoutsMethods.mine, {}, caller);

  it('is known by its money: balance and payouts that wait', async () => {
    expect(await money()).toEqual({ balance_usd: '0', pending_payouts: 0 });
    const orders = new Orders(payouts);
    await orders.completed();
    await orders.posted(1);
    expect(Number((await money()).balance_usd)).toBeGreaterThan(0);
    await payouts.addMethod();
    await payouts.request();
    expect(await money()).toEqual({ balance_usd: '0', pending_payouts: 1 });
    expect(await money(2)).toEqual({ balance_usd: '0', pending_payouts: 0 });
  });

  it('has no bank details left, and the books stay', async () => {
    const orders = new Orders(payouts);
    await orders.completed();
    await orders.posted(1);
    await payouts.addMethod();
    await payouts.request();
    const [row] = await payouts.db.query<{ id: number }>('select id from payouts');
    await payouts.bus.call(payoutsPayouts.execute, { id: row?.id ?? 0 }, internalCaller());
    await payouts.addMethod('stripe', rival());
    await close(1);
    expect(await payouts.db.query('select account_id from payout_methods')).toEqual([{ account_id: 2 }]);
    expect(await mine(rival())).toHaveLength(1);
    expect(
      await payouts.db.query(
        'select length(recipient) as recipient, account_shown, provider_account, amount_usd > 0 as kept from payouts',
      ),
    ).toEqual([{ recipient: 0, account_shown: '', provider_account: null, kept: true }]);
    expect(await payouts.db.query('select 1 from ledger_postings limit 1')).toHaveLength(1);
  });
});
