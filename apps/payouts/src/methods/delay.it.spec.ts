import { payoutsMethods, payoutsOperators, payoutsPayouts, payoutsStops } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { asStranger, until } from '@open-cpo/testing';
import { StuckPayoutsSweeper } from '../payouts/stuck-payouts.sweeper';
import { Orders } from '../test/orders';
import { JOHN, owner, type Payouts, rival, startPayouts } from '../test/payouts';

describe('a payout method that was added or changed', () => {
  let payouts: Payouts;

  beforeAll(async () => (payouts = await startPayouts('method_delay', { PAYOUT_METHOD_DELAY: '48h' })));
  afterAll(() => payouts?.stop());
  beforeEach(async () => {
    await payouts.empty();
    const orders = new Orders(payouts);
    await orders.completed();
    await orders.posted(1);
  });

  const update = (input: object, caller = owner()) =>
    payouts.bus.call(payoutsMethods.update, { payoutMethod_name: 'bank_transfer', ...input }, caller);
  const listed = async () => (await payouts.bus.call(payoutsPayouts.table, {}, owner())).data;
  const settled = () => payouts.db.query(`update payout_methods set held_until = now() - interval '1 second'`);
  const due = () => payouts.db.query(`update payouts set not_before = now(), asked_at = now() - interval '48 hours'`);
  const notices = async () =>
    (
      await payouts.db.query<{ payload: { kind: string; details: Record<string, string> } }>(
        `select payload from outbox where name like 'facts.payouts.notices.%' order by id`,
      )
    ).map(({ payload }) => payload);
  const mint = async (account_id = 1, method_id = 2) =>
    (await payouts.bus.call(payoutsStops.mint, { account_id, method_id }, internalCaller())).token ?? '';
  const queued = () => payouts.db.query(`select 1 from outbox where name = 'payouts'`);
  const pay = (id: number) => payouts.bus.call(payoutsPayouts.execute, { id }, internalCaller());

  it('lets payouts wait, visibly, and pays them when their time has come', async () => {
    await payouts.addMethod();
    await payouts.request();
    const [waiting] = await listed();
    expect(waiting).toMatchObject({
      status: 'pending',
      response: expect.stringMatching(/^It waits until .* UTC/) as string,
    });
    const id = waiting?.id ?? 0;
    expect(await pay(id)).toEqual({ status: 'pending' });
    expect(await payouts.app.get(StuckPayoutsSweeper, { strict: false }).run('0 seconds')).toBe(0);
    expect(await queued()).toEqual([]);
    await due();
    expect(await payouts.app.get(StuckPayoutsSweeper, { strict: false }).run()).toBe(1);
    await until(async () => (await pay(id)).status === 'paied', 'the payout to be paid');
  });

  it('waits no more once its time is over', async () => {
    await payouts.addMethod();
    await settled();
    await payouts.request();
    expect(await listed()).toMatchObject([{ response: 'The provider is being asked.' }]);
  });

  it('keeps operators from paying by hand meanwhile', async () => {
    await payouts.addMethod('bank_transfer');
    await payouts.request(2);
    const [{ id } = { id: 0 }] = await listed();
    const confirm = () =>
      payouts.bus.call(payoutsOperators.confirm, { id, reference: 'TR-1', by: 'sam' }, internalCaller());
    await expect(confirm()).rejects.toMatchObject({ code: 'conflict' });
    await due();
    expect(await confirm()).toEqual({ status: 'paied' });
  });

  it('leaves an audit entry with before and after, and a notice, without the numbers themselves', async () => {
    await payouts.addMethod('bank_transfer');
    await update({ accountNumber: 'GB82WEST12345698765432' });
    await update({ accountNumber: 'gb82 west 1234 5698 7654 32' });
    const entries = await payouts.db.query<{ action: string; before: object; after: object }>(
      `select action, before, after from audit_log where subject = 'payout-method' order by id`,
    );
    expect(entries.slice(-2)).toMatchObject([
      { action: 'payout-methods.create', before: null, after: { method: 'bank_transfer', userType: 'individual' } },
      {
        action: 'payout-methods.update',
        before: { account_number: null },
        after: {
          account_number: '******************5432',
          changed: ['accountNumber'],
          held_until: expect.any(String) as string,
        },
      },
    ]);
    expect(JSON.stringify([entries, await notices()])).not.toMatch(/WEST|0501234567|123-45-6789/);
    expect((await notices()).map(({ kind }) => kind)).toEqual(['payout-method-added', 'payout-method-changed']);
    expect((await notices())[1]?.details).toMatchObject({ account: '******************5432', held_method: '2' });
  });

  it('is refused by its link, with its waiting payout, whose money is the balance again', async () => {
    await payouts.addMethod('bank_transfer');
    await payouts.request(2);
    const token = await mint();
    expect(await payouts.bus.call(payoutsStops.shown, { token }, asStranger())).toMatchObject({
      method: 'bank_transfer',
    });
    await payouts.bus.call(payoutsStops.stop, { token }, asStranger());
    expect(await listed()).toMatchObject([
      { status: 'failed', response: expect.stringContaining('Stopped') as string },
    ]);
    const [method] = await payouts.bus.call(payoutsMethods.mine, {}, owner());
    expect(method?.details).toMatchObject({ account_status: 'Rejected' });
    await expect(payouts.request(2)).rejects.toMatchObject({ code: 'validation_failed' });
    await expect(payouts.bus.call(payoutsStops.stop, { token }, asStranger())).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await notices()).at(-1)).toMatchObject({ kind: 'payout-method-stopped', details: { changed_by: '11' } });
    await update({ accountNumber: 'DZ580002100001113000000570' });
    await payouts.request(2);
    expect((await listed())[0]).toMatchObject({ status: 'pending' });
  });

  it('has one link at a time, unguessable, hashed, and not for ever', async () => {
    await payouts.addMethod('bank_transfer');
    const [first, second] = [await mint(), await mint()];
    const shown = (token: string) => payouts.bus.call(payoutsStops.shown, { token }, asStranger());
    for (const token of [first, 'x'.repeat(40)])
      await expect(shown(token)).rejects.toMatchObject({ code: 'not_found' });
    await shown(second);
    const [row] = await payouts.db.query<{ text: string }>('select m::text as text from payout_methods m');
    expect(row?.text).not.toContain(second);
    await settled();
    await expect(shown(second)).rejects.toMatchObject({ code: 'not_found' });
    expect(await mint()).toBe('');
  });

  it('of one account holds up nobody else', async () => {
    await payouts.addMethod('bank_transfer');
    await payouts.addMethod('bank_transfer', rival());
    await payouts.bus.call(payoutsStops.stop, { token: await mint() }, asStranger());
    const [theirs] = await payouts.bus.call(payoutsMethods.mine, {}, rival());
    expect(theirs?.details).not.toMatchObject({ account_status: 'Rejected' });
  });

  it('asks for the password when one is sent', async () => {
    const add = (current_password: string) =>
      payouts.bus.call(payoutsMethods.add, { ...JOHN, payoutMethod_name: 'stripe', current_password }, owner());
    await expect(add('wrong')).rejects.toMatchObject({
      fields: { current_password: ['The current password is incorrect.'] },
    });
    await add('right');
  });

  it('takes a code of a second factor beside or in place of the password', async () => {
    await payouts.addMethod('bank_transfer');
    await expect(update({ second_factor_code: '654321' })).rejects.toMatchObject({
      fields: { second_factor_code: ['The second factor code is incorrect.'] },
    });
    await expect(update({ current_password: 'wrong', second_factor_code: '123456' })).rejects.toMatchObject({
      fields: { current_password: ['The current password is incorrect.'] },
    });
    await expect(update({ second_factor_code: '1' })).rejects.toMatchObject({
      fields: { second_factor_code: ['The second factor code field must be 6 digits, or a recovery code.'] },
    });
    await update({ second_factor_code: '123456' });
    await update({ current_password: 'right', second_factor_code: '123456' });
  });
});
