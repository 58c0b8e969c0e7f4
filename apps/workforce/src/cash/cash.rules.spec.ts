import fc from 'fast-check';
import { cashOrder } from '../test/orders';
import { opposite, takenFor } from './cash.rules';

describe('the cash that an order brings', () => {
  it('is what was collected, in the currency it was collected in', () => {
    expect(takenFor(cashOrder())).toEqual({ workerId: 1, amount: '100.50', currency: 'DZD' });
  });

  it.each([
    ['was paid electronically', { payment: 'electronic' as const }],
    ['no worker’s card began', { worker_id: null }],
    ['was free', { cash_amount: '0.00' }],
  ])('is nothing for an order that %s', (_, order) => {
    expect(takenFor(cashOrder(order))).toBeUndefined();
  });

  it.each([
    ['no amount', { cash_amount: null }],
    ['no number', { cash_amount: 'NaN' }],
    ['less than nothing', { cash_amount: '-5' }],
    ['a power of ten', { cash_amount: '1e9' }],
    ['no currency', { cash_currency: null }],
    ['a currency in words', { cash_currency: 'dinar' }],
  ])('is refused when it is %s', (_, order) => {
    expect(() => takenFor(cashOrder(order))).toThrow('Cash without an amount and a currency.');
  });
});

describe('the other side of the ledger', () => {
  it('cancels the first, digit by digit, and is its own opposite', () => {
    const amount = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 999 }));
    fc.assert(
      fc.property(amount, ([minus, whole, rest]) => {
        const text = `${minus ? '-' : ''}${whole}.${rest}`;
        expect(Number(opposite(text)) + Number(text)).toBe(0);
        expect(opposite(opposite(text))).toBe(text);
      }),
    );
  });
});
