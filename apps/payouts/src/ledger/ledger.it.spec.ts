import { payoutsBalance, payoutsOperators, payoutsPayouts } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { stopTestApp } from '@open-cpo/testing';
import Big from 'big.js';
import fc from 'fast-check';
import { order, Orders, reversal } from '../test/orders';
import { owner, type Payouts, rival, startPayouts } from '../test/payouts';
import { Ledger } from './ledger';
import { STEP } from './ledger.queries';
import { completedEntry, type Entry, reversedEntry } from './ledger.rules';

describe('the ledger', () => {
  let payouts: Payouts;
  let orders: Orders;
  let ledger: Ledger;

  beforeAll(async () => {
    payouts = await startPayouts('ledger');
    orders = new Orders(payouts);
    ledger = payouts.app.get(Ledger);
  });
  afterAll(() => payouts?.stop());
  beforeEach(() => payouts.empty());

  const post = (entries: readonly Entry[]) => payouts.app.get(Transactions).run(() => ledger.post(entries));
  const totals = async () => {
    const rows = await payouts.db.query<{ ledger: string; owner_id: number | null; sum: string }>(
      'select ledger, owner_id, trim_scale(sum(amount))::text as sum from ledger_postings group by 1, 2 order by 1, 2',
    );
    return Object.fromEntries(rows.map(({ ledger: name, owner_id, sum }) => [`${name} ${owner_id ?? ''}`.trim(), sum]));
  };
  const prove = () => payouts.bus.call(payoutsOperators.prove, {}, internalCaller());
  const balance = (caller = owner()) => payouts.bus.call(payoutsBalance.one, {}, caller);

  it('takes what orders tell, once, and shows owners what they are owed in their currency', async () => {
    for (let told = 0; told < 3; told += 1) await orders.completed({ earning_usd: '7' });
    await orders.completed({ order_id: 2, account_id: 2, earning_usd: '2.5' });
    await orders.posted(2);
    expect(await balance()).toEqual({
      balance: '953.47',
      currency: 'DZD',
      currency_iso: 'DZD',
      wallets: [
        expect.objectContaining({ id: 1, name: 'Earnings', balance: '953.47', type: 'earnings', withdrawable: true }),
        expect.objectContaining({ id: 2, balance: '0.00', currency: 'DZD', type: 'in_transit', withdrawable: false }),
      ],
    });
    expect((await balance(rival())).balance).toBe('2.50');
  });

  it('keeps what orders brought at their own rates, and pays that out', async () => {
    const settled = (rate: string, more: object) => ({ ...more, currency: 'DZD', rate });
    await orders.completed(settled('100', { earning_usd: '7', earning_amount: '700.5' }));
    await orders.completed(settled('150', { order_id: 2, earning_usd: '1' }));
    await orders.completed({ order_id: 3, earning_usd: '1', currency: 'EUR', rate: '0.86' });
    await orders.posted(3);
    // The last one was settled in another currency: today's rate.
    expect((await balance()).balance).toBe('986.71');
    for (let order_id = 4; order_id < 4 + STEP; order_id += 1) {
      await orders.completed(settled('100', { order_id, earning_usd: '1' }));
    }
    await orders.posted(3 + STEP);
    expect((await balance()).balance).toBe('10986.71');
    await payouts.addMethod('bank_transfer');
    await payouts.request(2);
    // 0.009406 cannot be transferred.
    expect((await balance()).balance).toBe('0.01');
    const [asked] = (await payouts.bus.call(payoutsPayouts.table, {}, owner())).data;
    expect(asked).toMatchObject({ amount: '10986.70', status: 'pending' });
    await payouts.bus.call(
      payoutsOperators.reject,
      { id: asked?.id ?? 0, reason: 'unknown account', by: 'sam' },
      internalCaller(),
    );
    expect((await balance()).balance).toBe('10986.71');
    expect((await prove()).discrepancy).toBe('');
  });

  it('holds what the highest prices of the longest sessions come to, many times', async () => {
    const most = {
      price_usd: `${'9'.repeat(18)}.99999999`,
      earning_usd: `${'9'.repeat(18)}.99999999`,
      fees_usd: '999999.99',
    };
    const own = { currency: 'DZD', rate: '136.209406', earning_amount: `${'9'.repeat(28)}.99999999` };
    for (let order_id = 1; order_id <= 9; order_id += 1) await orders.completed({ order_id, ...most, ...own });
    await orders.posted(9);
    expect((await balance()).balance).toBe(new Big(own.earning_amount).times(9).round(2, Big.roundHalfUp).toFixed(2));
    expect((await prove()).discrepancy).toBe('');
  });

  it('shows the debt of cash business as it is', async () => {
    await orders.completed({ payment: 'cash' });
    await orders.posted(1);
    expect(await balance()).toMatchObject({ balance: '-1293.99', wallets: [{ withdrawable: false }, {}] });
  });

  it('owes nothing for what was settled elsewhere', async () => {
    await orders.completed({ payment: 'settled' });
    await orders.completed({ order_id: 2, payment: 'settled' });
    await orders.reversed({ order_id: 2, payment: 'settled' });
    await orders.posted(3);
    expect(await totals()).toEqual({});
    expect(await balance()).toMatchObject({ balance: '0.00', wallets: [{ withdrawable: false }, {}] });
    expect(await prove()).toEqual({ transactions: 3, postings: 0, discrepancy: '' });
  });

  it('knows a correction whether the reverse, the first or the second pricing is told first', async () => {
    await orders.completed({ revision: 2, earning_usd: '2' });
    await orders.reversed();
    await orders.completed();
    await orders.posted(3);
    expect(await totals()).toMatchObject({ 'owner_payable 1': '2' });
    expect(await prove()).toEqual({ transactions: 3, postings: 9, discrepancy: '' });
  });

  it('sets aside what has no amounts and goes on', async () => {
    await orders.completed({ price_usd: 'ten' });
    await orders.completed({ order_id: 2 });
    await orders.posted(1);
    expect(await totals()).toMatchObject({ 'owner_payable 1': '1.5' });
  });

  it('sums to zero and derives every balance, whatever is told in whatever order and however often', async () => {
    const told = fc.record({
      order_id: fc.integer({ min: 1, max: 6 }),
      revision: fc.integer({ min: 1, max: 2 }),
      back: fc.boolean(),
      cash: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(told, { maxLength: 12 }), { maxLength: 4 }), async (batches) => {
        await payouts.empty();
        const kept = new Map<string, Entry>();
        for (const batch of batches) {
          const entries = batch.map(({ back, cash, order_id, revision }) => {
            const given = {
              order_id,
              revision,
              account_id: (order_id % 2) + 1,
              payment: cash ? 'cash' : 'electronic',
            } as const;
            return back ? reversedEntry(reversal(given)) : completedEntry(order(given));
          });
          await post(entries);
          for (const one of entries) {
            const key = `${one.kind} ${one.reference} ${one.revision}`;
            if (!kept.has(key)) kept.set(key, one);
          }
        }
        const expected: Record<string, Big> = { 1: new Big(0), 2: new Big(0) };
        for (const { accountId, postings } of kept.values()) {
          const own = postings.find(({ ledger: name }) => name === 'owner_payable');
          expected[accountId] = (expected[accountId] as Big).plus(own?.amount ?? 0);
        }
        for (const id of [1, 2]) {
          expect((await ledger.balance(id)).payable).toBe((expected[id] as Big).toFixed());
        }
        const [{ sum } = { sum: '' }] = await payouts.db.query<{ sum: string }>(
          'select coalesce(trim_scale(sum(amount)), 0)::text as sum from ledger_postings',
        );
        expect(sum).toBe('0');
      }),
      { numRuns: 25 },
    );
  });

  it('takes the balance from checkpoints, which are what the postings add up to', async () => {
    const many = Array.from({ length: 3 * STEP + 17 }, (_, n) =>
      completedEntry(order({ order_id: n + 1, earning_usd: `0.${String(n + 1).padStart(3, '0')}` })),
    );
    await post(many.slice(0, 250));
    for (const one of many.slice(250)) await post([one]);
    const checkpoints = await payouts.db.query<{ entry: number }>(
      'select entry from ledger_checkpoints order by entry',
    );
    expect(checkpoints.map(({ entry }) => entry)).toEqual([STEP, 2 * STEP, 3 * STEP]);
    const full = (await totals())['owner_payable 1'];
    expect((await ledger.balance(1)).payable).toBe(full);
    expect((await prove()).discrepancy).toBe('');
  });

  it('reads no more than the postings since the last checkpoint', async () => {
    await post(Array.from({ length: 2 * STEP + 5 }, (_, n) => completedEntry(order({ order_id: n + 1 }))));
    const plan = await payouts.db.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, costs off, timing off) select sum(amount) from ledger_postings
       where ledger = 'owner_payable' and owner_id = 1 and entry > ${2 * STEP}`,
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/rows=5 /);
  });

  it('numbers an owner’s postings without gaps when replicas post at once', async () => {
    const replica = await payouts.replica();
    const others = replica.get(Ledger);
    const transactions = replica.get(Transactions);
    await Promise.all(
      Array.from({ length: 24 }, (_, n) => {
        const entry = completedEntry(order({ order_id: n + 1, account_id: (n % 2) + 1 }));
        return n % 3 ? post([entry]) : transactions.run(() => others.post([entry]));
      }),
    );
    await stopTestApp(replica);
    const rows = await payouts.db.query<{ owner_id: number; n: number; last: number }>(
      `select owner_id, count(*)::int as n, max(entry) as last from ledger_postings
       where ledger = 'owner_payable' group by 1 order by 1`,
    );
    expect(rows).toEqual([
      { owner_id: 1, n: 12, last: 12 },
      { owner_id: 2, n: 12, last: 12 },
    ]);
  });
});
