import { type Caller, workforceOperators, workforceWorkers } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { Orders } from '../test/orders';
import { owner, rival, startWorkforce, type Workforce } from '../test/workforce';

const { one, table, remove, resetBalance } = workforceWorkers;

describe('cash on hands', () => {
  let workforce: Workforce;
  let orders: Orders;

  beforeAll(async () => {
    workforce = await startWorkforce('cash');
    orders = new Orders(workforce);
  });
  afterAll(() => workforce?.stop());
  beforeEach(async () => {
    await workforce.empty();
    await orders.forgotten();
    await workforce.make();
  });

  const cash = async (id = 1, caller = owner()) => (await workforce.bus.call(one, { id }, caller)).cash_on_hands;
  const reset = (caller: Caller = owner(), worker_id = 1) => workforce.bus.call(resetBalance, { worker_id }, caller);
  const till = (accountId = 1) => workforce.bus.call(workforceOperators.till, { accountId }, internalCaller());
  const movements = () =>
    workforce.db.query(
      `select kind, trim_scale(amount)::text as amount, trim_scale(till_amount)::text as till, currency, order_id,
         user_id, operator, reason from cash_movements order by id`,
    );

  it('are null until the first cash, then what was taken, in plain digits', async () => {
    expect(await cash()).toBeNull();
    await orders.completed({ order_id: 1, cash_amount: '100.50' });
    await orders.completed({ order_id: 2, cash_amount: '150.00' });
    await orders.handled(2);
    expect(await cash()).toBe('250.5');
    expect((await workforce.bus.call(table, {}, owner())).data[0]?.cash_on_hands).toBe('250.5');
  });

  it('stay null where nobody took cash', async () => {
    await orders.completed({ order_id: 1, payment: 'electronic', cash_amount: null, cash_currency: null });
    await orders.completed({ order_id: 2, worker_id: null });
    await orders.completed({ order_id: 3, cash_amount: '0.00' });
    await orders.handled(3);
    expect(await cash()).toBeNull();
  });

  it('count an order once, told twice, also when the inbox has forgotten it', async () => {
    await orders.completed({ order_id: 5 }, 'event-5');
    await orders.completed({ order_id: 5 }, 'event-5-of-another-outbox');
    await orders.handled(2);
    expect(await cash()).toBe('100.5');
    expect(await movements()).toHaveLength(1);
  });

  it('follow a correction of the order: the exact reverse, then the new amount', async () => {
    await orders.completed({ order_id: 6, revision: 1, cash_amount: '80.25' });
    await orders.reversed({ order_id: 6, revision: 1, cash_amount: '80.25' });
    await orders.completed({ order_id: 6, revision: 2, cash_amount: '70' });
    await orders.reversed({ order_id: 6, revision: 1, cash_amount: '80.25' });
    await orders.handled(4);
    expect(await cash()).toBe('70');
    const all = await movements();
    expect(all).toHaveLength(3);
    expect(all).toContainEqual(
      expect.objectContaining({ kind: 'corrected', amount: '-80.25', order_id: 6, reason: 'metered twice' }),
    );
  });

  it('are taken below nothing by a correction after they were handed over', async () => {
    await orders.completed({ order_id: 7, cash_amount: '50' });
    await orders.handled(1);
    await reset();
    await orders.reversed({ order_id: 7, cash_amount: '50' });
    await orders.handled(2);
    expect(await cash()).toBe('-50');
    await reset();
    expect([await cash(), await till()]).toEqual(['0', [{ currency: 'DZD', amount: '0' }]]);
  });

  it('go to the owner’s till by a movement, once, whoever repeats it', async () => {
    await orders.completed({ order_id: 8, cash_amount: '100.50' });
    await orders.handled(1);
    expect(await reset(owner('key-8'))).toEqual(await reset(owner('key-8')));
    await reset();
    expect(await cash()).toBe('0');
    expect(await movements()).toEqual([
      expect.objectContaining({ kind: 'collected', amount: '100.5', till: '0', order_id: 8 }),
      expect.objectContaining({ kind: 'handed_over', amount: '-100.5', till: '100.5', currency: 'DZD', user_id: 11 }),
    ]);
    expect(await till()).toEqual([{ currency: 'DZD', amount: '100.5' }]);
    expect(await workforce.db.query(`select after from audit_log where action = 'workers.reset-balance'`)).toEqual(
      expect.arrayContaining([{ after: { handed_over: [{ currency: 'DZD', amount: '100.5' }] } }]),
    );
  });

  it('stay null when there was nothing to hand over', async () => {
    await reset();
    expect([await cash(), await movements()]).toEqual([null, []]);
  });

  it('are handed over by nobody else', async () => {
    await orders.completed();
    await orders.handled(1);
    await expect(reset(rival())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(reset(owner(), 999)).rejects.toMatchObject({ code: 'not_found' });
    expect([await cash(), await till(2)]).toEqual(['100.5', []]);
  });

  it('are handed over before a worker can be removed', async () => {
    await orders.completed();
    await orders.handled(1);
    const removal = () => workforce.bus.call(remove, { id: 1 }, owner());
    await expect(removal()).rejects.toMatchObject({ code: 'conflict' });
    await reset();
    await removal();
    await expect(removal()).rejects.toMatchObject({ code: 'not_found' });
  });

  it('of a worker who is gone stay in the history', async () => {
    await workforce.bus.call(remove, { id: 1 }, owner());
    await orders.completed();
    await orders.handled(1);
    await expect(reset()).rejects.toMatchObject({ code: 'not_found' });
    expect(await movements()).toHaveLength(1);
  });

  it('are never added up over currencies: what is left of another shows at today’s rate', async () => {
    await orders.completed({ order_id: 1, cash_amount: '1000', cash_currency: 'DZD' });
    await orders.completed({ order_id: 2, cash_amount: '7.09', cash_currency: 'JOD' });
    await orders.completed({ order_id: 3, cash_amount: '1', cash_currency: 'USD' });
    await orders.handled(3);
    // 7.09 JOD are 10 USD at 0.709; a dollar is 136.209406 DZD.
    expect(await cash()).toBe('2498.3');
    await reset();
    expect(await cash()).toBe('0');
    expect(await till()).toEqual([
      { currency: 'DZD', amount: '1000' },
      { currency: 'JOD', amount: '7.09' },
      { currency: 'USD', amount: '1' },
    ]);
  });

  it.each([
    ['changed', 'update cash_movements set amount = 1'],
    ['removed', 'delete from cash_movements'],
    ['emptied', 'truncate cash_movements cascade'],
  ])('have a history that cannot be %s', async (_, statement) => {
    await expect(workforce.db.query(statement)).rejects.toThrow('cash_movements takes new rows only');
  });

  it('have a history in which what is given is what is got', async () => {
    const post = (amount: number, tillAmount: number) =>
      workforce.db.query(
        `insert into cash_movements (account_id, worker_id, kind, amount, till_amount, currency)
         values (1, 1, 'handed_over', $1, $2, 'DZD')`,
        [amount, tillAmount],
      );
    await expect(post(-10, 9.99)).rejects.toThrow('cash_movements_two_sides');
    await expect(post(-10, 0)).rejects.toThrow('cash_movements_two_sides');
    await post(-10, 10);
  });
});
