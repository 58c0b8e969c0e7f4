import { type BalanceChanged, balanceChanged, payoutsPayouts } from '@open-cpo/contracts';
import { Broadcast, internalCaller } from '@open-cpo/messaging';
import { migrate, Transactions } from '@open-cpo/persistence';
import { until } from '@open-cpo/testing';
import { database } from '../data-source';
import { order, Orders, reversal } from '../test/orders';
import { type Payouts, startPayouts } from '../test/payouts';
import { Ledger } from './ledger';
import { completedEntry, type Entry, reversedEntry } from './ledger.rules';

describe('the events of balances', () => {
  let payouts: Payouts;
  let orders: Orders;
  const received: BalanceChanged[] = [];

  beforeAll(async () => {
    payouts = await startPayouts('told_balances');
    orders = new Orders(payouts);
    payouts.client.get(Broadcast).subscribe(balanceChanged, (event) => void received.push({ ...event }));
  });
  afterAll(() => payouts?.stop());
  beforeEach(async () => {
    // Events of the test before are not received in this one.
    const unsent = `select 1 from outbox where kind = 'fact' and sent_at is null`;
    await until(async () => (await payouts.db.query(unsent)).length === 0);
    await payouts.empty();
    received.length = 0;
  });

  const post = (...entries: Entry[]) => payouts.app.get(Transactions).run(() => payouts.app.get(Ledger).post(entries));
  const published = async () =>
    (
      await payouts.db.query<{ payload: BalanceChanged }>(
        `select payload from outbox where name like 'facts.payouts.balances.changed.%' order by id`,
      )
    ).map(({ payload }) => payload);

  it('is what an order made of them', async () => {
    await orders.completed({ earning_usd: '7.25' });
    await until(() => received.length === 1);
    expect(received).toEqual([{ account_id: 1, balance_usd: '7.25', sequence: 1 }]);
    const [row] = await payouts.db.query('select name, aggregate from outbox');
    expect(row).toEqual({ name: 'facts.payouts.balances.changed.1', aggregate: 'balances 1' });
  });

  it('is one fact for each owner, however much is posted at once', async () => {
    const many = Array.from({ length: 205 }, (_, n) =>
      completedEntry(order({ order_id: n + 1, account_id: n < 200 ? 1 : 2, earning_usd: '0.5' })),
    );
    await post(...many);
    expect(await published()).toEqual([
      { account_id: 1, balance_usd: '100', sequence: 200 },
      { account_id: 2, balance_usd: '2.5', sequence: 5 },
    ]);
  });

  it('is the debt of cash business, too, and a balance that is back at nothing', async () => {
    await post(completedEntry(order({ payment: 'cash' })));
    await post(reversedEntry(reversal({ payment: 'cash' })));
    expect(await published()).toEqual([
      { account_id: 1, balance_usd: '-9.5', sequence: 1 },
      { account_id: 1, balance_usd: '0', sequence: 2 },
    ]);
  });

  it('is nothing for what was posted before, or costs nothing', async () => {
    const entry = completedEntry(order());
    await post(entry);
    await post(entry);
    await post(completedEntry(order({ order_id: 2, price_usd: '0', earning_usd: '0', fees_usd: '0' })));
    expect(await published()).toHaveLength(1);
  });

  it('goes with the postings when they are rolled back', async () => {
    const failed = payouts.app.get(Transactions).run(async () => {
      await payouts.app.get(Ledger).post([completedEntry(order())]);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await published()).toEqual([]);
  });

  it('follows a payout: gone when it is asked for, and no news when it is paid', async () => {
    await payouts.addMethod();
    await post(completedEntry(order({ earning_usd: '7' })));
    await payouts.request();
    const [{ id } = { id: 0 }] = await payouts.db.query<{ id: number }>('select id from payouts');
    await payouts.bus.call(payoutsPayouts.execute, { id }, internalCaller());
    expect(await published()).toEqual([
      { account_id: 1, balance_usd: '7', sequence: 1 },
      { account_id: 1, balance_usd: '0', sequence: 2 },
    ]);
  });

  it('never goes back in its numbers when many post at once', async () => {
    await Promise.all(
      Array.from({ length: 16 }, (_, n) => post(completedEntry(order({ order_id: n + 1, earning_usd: '1' })))),
    );
    const expected = Array.from({ length: 16 }, (_, n) => ({
      account_id: 1,
      balance_usd: String(n + 1),
      sequence: n + 1,
    }));
    expect(await published()).toEqual(expected);
    await until(() => received.length === 16);
    expect(received).toEqual(expected);
  });

  it('include what was there before the first of them', async () => {
    await post(completedEntry(order({ earning_usd: '7' })), completedEntry(order({ order_id: 2, account_id: 2 })));
    await post(completedEntry(order({ order_id: 3, payment: 'cash' })));
    await payouts.db.query('delete from outbox');
    await payouts.db.query(`delete from migrations where name = 'Balances1763850200000'`);
    await migrate(database(payouts.db.ownerUrl));
    await until(() => received.some(({ account_id }) => account_id === 2));
    expect(await published()).toEqual([
      { account_id: 1, balance_usd: '-2.5', sequence: 2 },
      { account_id: 2, balance_usd: '1.5', sequence: 1 },
    ]);
  });
});
