import { type CorrectCash, workforceOperators, workforceWorkers } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { owner, startWorkforce, type Workforce } from '../test/workforce';

const { one, remove } = workforceWorkers;

describe('an operator’s correction of cash', () => {
  let workforce: Workforce;

  beforeAll(async () => (workforce = await startWorkforce('operators')));
  afterAll(() => workforce?.stop());
  beforeEach(async () => {
    await workforce.empty();
    await workforce.make();
  });

  const correct = (command: Partial<CorrectCash> = {}, caller = internalCaller()) =>
    workforce.bus.call(
      workforceOperators.correct,
      { workerId: 1, amount: '25.50', currency: 'DZD', reason: 'counted twice', by: 'sam', ...command },
      caller,
    );

  it('adds to the cash, or with a minus takes from it, and answers what is left', async () => {
    expect(await correct()).toEqual({ worker_id: 1, currency: 'DZD', cash_on_hands: '25.5' });
    expect(await correct({ amount: '-5.5' })).toMatchObject({ cash_on_hands: '20' });
    expect((await workforce.bus.call(one, { id: 1 }, owner())).cash_on_hands).toBe('20');
  });

  it('says who, how much and why, in the history and in the audit log', async () => {
    await correct();
    const [movement] = await workforce.db.query('select kind, operator, reason, user_id from cash_movements');
    expect(movement).toEqual({ kind: 'corrected', operator: 'sam', reason: 'counted twice', user_id: null });
    const [entry] = await workforce.db.query(
      `select account_id, subject_id, after from audit_log where action = 'workers.correct-cash' order by id desc limit 1`,
    );
    const after = { amount: '25.50', currency: 'DZD', reason: 'counted twice', by: 'sam', cash_on_hands: '25.5' };
    expect(entry).toEqual({ account_id: 1, subject_id: '1', after });
  });

  it('takes the one currency there is when none is said', async () => {
    await expect(correct({ currency: null })).rejects.toMatchObject({
      fields: { currency: ['The currency field is required.'] },
    });
    await correct({ currency: 'AED' });
    expect(await correct({ currency: null })).toMatchObject({ currency: 'AED', cash_on_hands: '51' });
    await correct({ currency: 'DZD' });
    await expect(correct({ currency: null })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('is possible for a worker who is gone', async () => {
    await workforce.bus.call(remove, { id: 1 }, owner());
    expect(await correct()).toMatchObject({ cash_on_hands: '25.5' });
    await expect(correct({ workerId: 99 })).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    ['no amount', { amount: undefined }, 'amount'],
    ['an amount of nothing', { amount: '0.00' }, 'amount'],
    ['an amount in words', { amount: 'all' }, 'amount'],
    ['no number', { amount: 'NaN' }, 'amount'],
    ['no reason', { reason: ' ' }, 'reason'],
    ['nobody who gave it', { by: undefined }, 'by'],
    ['a currency that there is none of', { currency: 'XXX' }, 'currency'],
    ['a currency in words', { currency: 'dinar' }, 'currency'],
  ])('is refused with %s', async (_, command, field) => {
    await expect(correct(command as Partial<CorrectCash>)).rejects.toMatchObject({
      fields: { [field]: [expect.any(String)] },
    });
    expect(await workforce.db.query('select 1 from cash_movements')).toEqual([]);
  });

  it('repeated with its key, counts once', async () => {
    const caller = () => internalCaller({ idempotencyKey: 'k', ip: '10.0.0.1' });
    expect(await correct({}, caller())).toEqual(await correct({}, caller()));
    expect(await workforce.db.query('select 1 from cash_movements')).toHaveLength(1);
  });
});
