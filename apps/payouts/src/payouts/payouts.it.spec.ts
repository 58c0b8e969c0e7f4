import { type Payout, payoutsBalance, payoutsMethods, payoutsOperators, payoutsPayouts } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { Orders } from '../test/orders';
import { owner, type Payouts, rival, startPayouts } from '../test/payouts';
import { StuckPayoutsSweeper } from './stuck-payouts.sweeper';

describe('a payout', () => {
  let payouts: Payouts;
  let orders: Orders;

  beforeAll(async () => {
    payouts = await startPayouts('payouts');
    orders = new Orders(payouts);
  });
  afterAll(() => payouts?.stop());
  beforeEach(async () => {
    await payouts.empty();
    await payouts.addMethod();
  });

  const earn = async (usd = '2.50', account_id = 1): Promise<void> => {
    const before = await orders.count();
    await orders.completed({ order_id: before + 1, earning_usd: usd, account_id });
    await orders.posted(before + 1);
  };
  const table = (caller = owner(), query = {}) => payouts.bus.call(payoutsPayouts.table, query, caller);
  const first = async (caller = owner()): Promise<Payout> => (await table(caller)).data[0] as Payout;
  const execute = (id = 1) => payouts.bus.call(payoutsPayouts.execute, { id }, internalCaller());
  const wallets = async () => {
    const { balance, wallets: all } = await payouts.bus.call(payoutsBalance.one, {}, owner());
    return [balance, all[1]?.balance];
  };
  const proved = async () => (await payouts.bus.call(payoutsOperators.prove, {}, internalCaller())).discrepancy;

  it('takes the whole balance at once, and ends in the owner’s account', async () => {
    await earn('7');
    await payouts.request();
    expect(await wallets()).toEqual(['0.00', '953.47']);
    const shown = await first();
    expect(shown).toEqual({
      id: 1,
      payout_id: '1',
      payout_method_id: 1,
      user_id: 11,
      account_id: 'acct_sandbox_1',
      amount: '953.47',
      status: 'pending',
      response: 'The provider is being asked.',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
      updated_at: expect.any(String),
    });
    expect(await execute()).toEqual({ status: 'paied' });
    expect(await wallets()).toEqual(['0.00', '0.00']);
    expect(await first()).toMatchObject({ status: 'paied', response: expect.stringMatching(/^Sandbox: no money/) });
    expect(await proved()).toBe('');
  });

  it('is asked for once by its Idempotency-Key, and asked about as often as anybody likes', async () => {
    await earn();
    const ask = () => payouts.bus.call(payoutsPayouts.request, { payoutMethod: 1 }, owner('key'));
    await ask();
    await ask();
    await Promise.all([execute(), execute(), execute()]);
    await execute();
    expect((await table()).meta.total).toBe(1);
    const rows = await payouts.db.query(`select kind from ledger_transactions where kind like 'payout%' order by kind`);
    expect(rows).toEqual([{ kind: 'payout_paid' }, { kind: 'payout_requested' }]);
  });

  it('leaves a job that holds its number alone', async () => {
    await earn();
    await payouts.request();
    expect(await payouts.db.query(`select kind, name, key, payload::text from outbox where kind = 'job'`)).toEqual([
      { kind: 'job', name: 'payouts', key: '1', payload: '{"id":1}' },
    ]);
  });

  it('is told of when it is asked for and when it has ended, once each', async () => {
    await earn('7');
    // Whichever comes second is refused.
    const asked = await Promise.allSettled([payouts.request(), payouts.request()]);
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await Promise.all([execute(), execute()]);
    const rows = await payouts.db.query<{ payload: object }>(
      `select payload from outbox where name = 'facts.payouts.payouts.changed.1' order by id`,
    );
    const shown = { id: 1, account_id: 1, payout_method_id: 1, user_id: 11, goes_to: 'acct_sandbox_1' };
    expect(rows.map(({ payload }) => payload)).toEqual([
      expect.objectContaining({ ...shown, amount: '953.47', currency: 'DZD', status: 'pending' }),
      expect.objectContaining({ ...shown, amount: '953.47', status: 'paied' }),
    ]);
  });

  it('is refused while another is pending, though there are new earnings', async () => {
    await earn();
    await payouts.request();
    await earn();
    await expect(payouts.request()).rejects.toMatchObject({
      code: 'validation_failed',
      fields: { payout_method: ['A payout is already pending.'] },
    });
    await execute();
    await payouts.request();
    expect((await table()).meta.total).toBe(2);
  });

  it.each([
    ['without a method', undefined, { payout_method: ['The payout method field is required.'] }],
    ['with one that is not added', 2, { payout_method: ['The selected payout method is invalid.'] }],
    ['with one that there is none of', 99, { payout_method: ['The selected payout method is invalid.'] }],
    ['with words', 'stripe', { payout_method: ['The selected payout method is invalid.'] }],
  ])('is refused %s', async (_, payoutMethod, fields) => {
    await earn();
    const asked = payouts.bus.call(payoutsPayouts.request, { payoutMethod } as { payoutMethod: number }, owner());
    await expect(asked).rejects.toMatchObject({ code: 'validation_failed', fields });
    expect(await wallets()).toEqual(['340.52', '0.00']);
  });

  it.each([
    ['nothing', undefined],
    ['less than a cent', { earning_usd: '0.009' }],
    ['a debt', { payment: 'cash' as const }],
  ])('is refused of %s', async (_, order) => {
    if (order) await orders.completed(order).then(() => orders.posted(1));
    await expect(payouts.request()).rejects.toMatchObject({
      fields: { balance: ['The balance is not enough for a payout.'] },
    });
    await expect(payouts.request(9)).rejects.toMatchObject({
      fields: { payout_method: [expect.any(String)], balance: [expect.any(String)] },
    });
    expect((await table()).data).toEqual([]);
  });

  it('keeps the rate of its moment, and shows others today’s', async () => {
    await earn('7');
    await payouts.request();
    await payouts.db.query(`update payouts set rate = 100, amount = null`);
    expect((await first()).amount).toBe('700.00');
    expect((await first({ ...owner(), identity: { ...owner().identity, currency: 'JOD' } as never })).amount).toBe(
      '4.96',
    );
  });

  it('is nobody else’s to see, to count or to ask for', async () => {
    await earn('3', 2);
    await expect(payouts.request(1, rival())).rejects.toMatchObject({
      fields: { payout_method: [expect.any(String)] },
    });
    await payouts.addMethod('bank_transfer', rival());
    await payouts.request(2, rival());
    await earn('5');
    await payouts.request();
    expect((await table()).data.map(({ id }) => id)).toEqual([2]);
    expect(await table(rival())).toMatchObject({ data: [{ id: 1, user_id: 21 }], meta: { total: 1 } });
  });

  it('comes newest first, in pages', async () => {
    for (let n = 0; n < 3; n += 1) {
      await earn();
      await payouts.request();
      await execute(n + 1);
    }
    const { data, meta } = await table(owner(), { itemsPerPage: 2 });
    expect([data.map(({ id }) => id), meta]).toEqual([[3, 2], { per_page: 2, total: 3 }]);
  });

  it('that the queue has forgotten is queued again, once', async () => {
    await earn();
    await payouts.request();
    const forgotten = payouts.app.get(StuckPayoutsSweeper);
    expect(await forgotten.run()).toBe(0);
    expect(await forgotten.run('0 seconds')).toBe(1);
    expect(await payouts.db.query(`select key from outbox where kind = 'job'`)).toEqual([{ key: '1' }, { key: '1' }]);
    await execute();
    expect(await forgotten.run('0 seconds')).toBe(0);
  });

  it('that there is none of is not found', async () => {
    await expect(execute(7)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('keeps its method from being removed until it has ended', async () => {
    await earn();
    await payouts.request();
    const remove = () => payouts.bus.call(payoutsMethods.remove, { payoutMethod_name: 'stripe' }, owner());
    await expect(remove()).rejects.toMatchObject({ code: 'conflict' });
    await execute();
    await remove();
    expect((await first()).account_id).toBe('acct_sandbox_1');
  });
});
