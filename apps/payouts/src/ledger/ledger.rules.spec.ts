import Big from 'big.js';
import fc from 'fast-check';
import { order, reversal } from '../test/orders';
import { completedEntry, type Entry, payoutEntry, reversedEntry } from './ledger.rules';

const sidesOf = ({ postings }: Entry) => Object.fromEntries(postings.map(({ ledger, amount }) => [ledger, amount]));
const sumOf = ({ postings }: Entry) => postings.reduce((sum, { amount }) => sum.plus(amount), new Big(0)).toFixed();

describe('what an order posts', () => {
  it('paid electronically: the platform has price and fee, and owes the earning', () => {
    expect(sidesOf(completedEntry(order()))).toEqual({
      clearing: '-11',
      owner_payable: '1.5',
      platform_revenue: '9.5',
    });
  });

  it('paid in cash: the owner has all of it, and owes what is not theirs', () => {
    expect(sidesOf(completedEntry(order({ payment: 'cash' })))).toEqual({
      owner_payable: '-9.5',
      platform_revenue: '9.5',
    });
  });

  it('settled elsewhere: nothing, also when it is taken back', () => {
    expect(completedEntry(order({ payment: 'settled' }))).toMatchObject({ kind: 'order_completed', postings: [] });
    expect(reversedEntry(reversal({ payment: 'settled' })).postings).toEqual([]);
    expect(() => completedEntry(order({ payment: 'settled', price_usd: 'all' }))).toThrow();
  });

  it('taken back: the exact reverse, with its reason', () => {
    const entry = reversedEntry(reversal({ revision: 3 }));
    expect(entry).toMatchObject({ kind: 'order_reversed', reference: 'order 1', revision: 3, reason: 'metered twice' });
    expect(sidesOf(entry)).toEqual({ clearing: '11', owner_payable: '-1.5', platform_revenue: '-9.5' });
  });

  it('says what of it was settled in which currency, and takes exactly that back', () => {
    const settled = { currency: 'MAD', rate: '9.2', earning_amount: '13.8' };
    const payable = ({ postings }: Entry) => postings.find(({ ledger }) => ledger === 'owner_payable')?.earned;
    expect(payable(completedEntry(order(settled)))).toEqual({ MAD: ['1.5', '13.8'] });
    expect(payable(reversedEntry(reversal(settled)))).toEqual({ MAD: ['-1.5', '-13.8'] });
    expect(payable(completedEntry(order({ ...settled, earning_amount: null })))).toEqual({ MAD: ['1.5', '13.8'] });
    expect(payable(completedEntry(order({ ...settled, payment: 'cash' })))).toEqual({ MAD: ['-9.5', '-87.4'] });
    expect(payable(completedEntry(order()))).toBeUndefined();
    const others = completedEntry(order(settled)).postings.filter(({ ledger }) => ledger !== 'owner_payable');
    expect(others.every(({ earned }) => earned === undefined)).toBe(true);
    expect(() => completedEntry(order({ ...settled, rate: 'NaN' }))).toThrow();
  });

  it('that cost nothing: nothing', () => {
    const free = order({ price_usd: '0', earning_usd: '0.00', fees_usd: '0' });
    expect(completedEntry(free).postings).toEqual([]);
  });

  it.each(['', '1e3', 'NaN', '-1', '1,5', '1.123456789', 'all'])('is refused for the amount "%s"', (price_usd) => {
    expect(() => completedEntry(order({ price_usd }))).toThrow(
      expect.objectContaining({ code: 'validation_failed', fields: { price_usd: [expect.any(String)] } }),
    );
  });

  it('sums to zero to the last digit, and with its reverse to nothing on every account', () => {
    const usd = fc.integer({ min: 0, max: 10 ** 12 }).map((cents) => new Big(cents).div(10 ** 8).toFixed(8));
    const payment = fc.constantFrom('electronic' as const, 'cash' as const, 'settled' as const);
    fc.assert(
      fc.property(usd, usd, usd, payment, (price_usd, earning_usd, fees_usd, paid) => {
        const given = { price_usd, earning_usd, fees_usd, payment: paid };
        const [done, undone] = [completedEntry(order(given)), reversedEntry(reversal(given))];
        expect([sumOf(done), sumOf(undone)]).toEqual(['0', '0']);
        const reversed = undone.postings.map(({ ledger, amount }) => ({
          ledger,
          amount: new Big(amount).neg().toFixed(),
        }));
        expect(reversed).toEqual(done.postings);
      }),
    );
  });
});

describe('what a payout posts', () => {
  const payout = { id: 3, accountId: 1, amountUsd: '12.34', earned: { MAD: ['10', '92'] } } as const;

  it.each([
    ['payout_requested', { owner_payable: '-12.34', payouts_in_transit: '12.34' }],
    ['payout_paid', { payouts_in_transit: '-12.34', clearing: '12.34' }],
    ['payout_failed', { payouts_in_transit: '-12.34', owner_payable: '12.34' }],
  ] as const)('%s', (kind, sides) => {
    const entry = payoutEntry(kind, payout, 'why');
    expect(sidesOf(entry)).toEqual(sides);
    for (const { ledger, amount, earned } of entry.postings) {
      const sign = amount.startsWith('-') ? '-' : '';
      expect(earned).toEqual(ledger === 'clearing' ? undefined : { MAD: [`${sign}10`, `${sign}92`] });
    }
    expect(entry).toMatchObject({ reference: 'payout 3', revision: 1, accountId: 1, reason: 'why' });
  });
});
