import { payoutsBalance, payoutsOperators, payoutsPayouts } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { until } from '@open-cpo/testing';
import { PayoutsRepository } from '../payouts/payouts.repository';
import { Orders } from '../test/orders';
import { JOHN, owner, type Payouts, startPayouts } from '../test/payouts';

describe('an operator', () => {
  let payouts: Payouts;
  let orders: Orders;

  beforeAll(async () => {
    payouts = await startPayouts('operators');
    orders = new Orders(payouts);
  });
  afterAll(() => payouts?.stop());
  beforeEach(async () => {
    await payouts.empty();
    await payouts.addMethod('bank_transfer');
    await orders.completed({ earning_usd: '7' });
    await orders.posted(1);
    await payouts.request(2);
  });

  const { pending, recipient, confirm, reject, prove } = payoutsOperators;
  const ask = internalCaller;
  const shown = async () => (await payouts.bus.call(payoutsPayouts.table, {}, owner())).data[0];
  const balance = async () => (await payouts.bus.call(payoutsBalance.one, {}, owner())).balance;
  const audited = (action: string) =>
    payouts.db.query('select account_id, subject_id, after from audit_log where action = $1 order by id desc limit 1', [
      action,
    ]);

  it('sees what waits for them, and where it goes, which the audit log remembers', async () => {
    expect(await payouts.bus.call(pending, {}, ask())).toEqual([
      expect.objectContaining({
        id: 1,
        account_id: 1,
        method: 'bank_transfer',
        amount: '953.46',
        currency: 'DZD',
        amount_usd: '6.99995711',
      }),
    ]);
    const found = await payouts.bus.call(recipient, { id: 1, by: 'sam' }, ask());
    expect(found).toEqual({ ...JOHN, accountNumber: '', bic: '' });
    expect(await audited('payouts.read-recipient')).toEqual([{ account_id: 1, subject_id: '1', after: { by: 'sam' } }]);
  });

  it('confirms a bank transfer, once', async () => {
    expect(await payouts.bus.call(payoutsPayouts.execute, { id: 1 }, ask())).toEqual({ status: 'pending' });
    const command = { id: 1, reference: 'BANK-7', by: 'sam' };
    expect(await payouts.bus.call(confirm, command, ask())).toEqual({ status: 'paied' });
    await expect(payouts.bus.call(confirm, command, ask())).rejects.toMatchObject({ code: 'conflict' });
    await expect(payouts.bus.call(reject, { id: 1, reason: 'x', by: 'sam' }, ask())).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await shown()).toMatchObject({
      status: 'paied',
      response: 'Bank transfer BANK-7',
      account_id: '******4567',
    });
    expect(await audited('payouts.confirm')).toEqual([
      { account_id: 1, subject_id: '1', after: { reference: 'BANK-7', by: 'sam' } },
    ]);
    expect((await payouts.bus.call(prove, {}, ask())).discrepancy).toBe('');
  });

  it('is refused where another settles the payout at the same moment, and leaves no audit entry', async () => {
    const repository = payouts.app.get(PayoutsRepository);
    const standing = repository.standing.bind(repository);
    const [last] = await payouts.db.query<{ id: string }>('select coalesce(max(id), 0) as id from audit_log');
    let looked = 0;
    // Both have seen it pending before either settles it.
    jest.spyOn(repository, 'standing').mockImplementation(async (id) => {
      const found = await standing(id);
      looked += 1;
      await until(() => looked >= 2, 'both look');
      return found;
    });
    const answers = await Promise.allSettled([
      payouts.bus.call(confirm, { id: 1, reference: 'BANK-7', by: 'sam' }, ask()),
      payouts.bus.call(reject, { id: 1, reason: 'No such account', by: 'kim' }, ask()),
    ]);
    jest.restoreAllMocks();
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
    const settled = await payouts.db.query<{ action: string }>(
      `select action from audit_log where action in ('payouts.confirm', 'payouts.reject') and id > $1`,
      [last?.id],
    );
    const { status } = (await shown()) ?? {};
    expect(settled).toEqual([{ action: status === 'paied' ? 'payouts.confirm' : 'payouts.reject' }]);
  });

  it('gives back what cannot be transferred, with the reason', async () => {
    expect(await payouts.bus.call(reject, { id: 1, reason: 'No such account', by: 'sam' }, ask())).toEqual({
      status: 'failed',
    });
    expect(await shown()).toMatchObject({ status: 'failed', response: 'No such account' });
    expect(await balance()).toBe('953.47');
    await payouts.request(2);
    expect((await payouts.bus.call(prove, {}, ask())).discrepancy).toBe('');
  });

  it('who says yes while another says no: one of them is heard', async () => {
    const answers = await Promise.allSettled([
      payouts.bus.call(confirm, { id: 1, reference: 'A', by: 'sam' }, ask()),
      payouts.bus.call(reject, { id: 1, reason: 'B', by: 'kim' }, ask()),
    ]);
    expect(answers.map(({ status }) => status)).toContain('fulfilled');
    const kinds = await payouts.db.query(
      `select kind from ledger_transactions where kind in ('payout_paid', 'payout_failed')`,
    );
    expect(kinds).toHaveLength(1);
    expect((await payouts.bus.call(prove, {}, ask())).discrepancy).toBe('');
  });

  it('does not settle what a provider was asked for', async () => {
    await payouts.bus.call(confirm, { id: 1, reference: 'A', by: 'sam' }, ask());
    await payouts.addMethod();
    await orders.completed({ order_id: 2 });
    await orders.posted(4);
    await payouts.request(1);
    await expect(payouts.bus.call(confirm, { id: 2, reference: 'A', by: 'sam' }, ask())).rejects.toMatchObject({
      code: 'conflict',
    });
    await expect(payouts.bus.call(confirm, { id: 3, reference: 'A', by: 'sam' }, ask())).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
