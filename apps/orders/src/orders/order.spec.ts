import { ORDER_STATUS, type OrderStatus } from '@open-cpo/contracts';
import Big from 'big.js';
import { tariff } from '../test/rows';
import { nothingYet } from './figures';
import { InvalidTransition, Order, OrderNotCompleted, OrderNotHeld, type OrderRow, TRANSITIONS } from './order';

const BEGIN = new Date('2025-01-08T08:00:00Z');
const END = new Date('2025-01-08T08:30:00Z');
const orderOf = (status: OrderStatus, more: Partial<OrderRow> = {}): Order =>
  new Order({
    ...nothingYet(tariff()),
    quantity: '2.0000',
    tariff: tariff(),
    status,
    revision: 1,
    held: true,
    completed_at: BEGIN,
    ...more,
  } as OrderRow);
const measured = { energy: new Big(1000), values: [], flags: [] };
const outcome = { startedAt: BEGIN, endedAt: END, measured };
const terms = { fee: '0', earningRate: '0.85', settlement: { currency: 'USD', rate: '1' } };
const BY_STATUS = {
  [ORDER_STATUS.completed]: (order: Order) =>
    order.complete({ outcome, terms, workerId: null, readings: 0, at: new Date() }),
  [ORDER_STATUS.cancelled]: (order: Order) => order.cancel(),
};
const statuses = Object.values(ORDER_STATUS);
const pairs = statuses.flatMap((from) =>
  [ORDER_STATUS.completed, ORDER_STATUS.cancelled].map((to) => ({ from, to, allowed: TRANSITIONS[from].includes(to) })),
);

describe('an order', () => {
  it.each(pairs.filter(({ allowed }) => allowed))(
    'gets status $to after $from, and is held no more',
    ({ from, to }) => {
      expect(BY_STATUS[to](orderOf(from))).toMatchObject({ status: to, held: false });
    },
  );

  it.each(pairs.filter(({ allowed }) => !allowed))('does not get status $to after $from', ({ from, to }) => {
    expect(() => BY_STATUS[to](orderOf(from))).toThrow(InvalidTransition);
  });

  it('never becomes open again', () => {
    expect(Object.values(TRANSITIONS).flat()).not.toContain(ORDER_STATUS.open);
  });

  it('is completed with the next revision, at the moment at which it was first', () => {
    const after = BY_STATUS[ORDER_STATUS.completed](orderOf(ORDER_STATUS.completed));
    expect(after).toMatchObject({ revision: 2, completed_at: BEGIN, delivered_at: END, day: '2025-01-08' });
  });

  it('that is cancelled comes to nothing, and shows what was delivered', () => {
    expect(orderOf(ORDER_STATUS.completed).cancel()).toMatchObject({ price_usd: '0.00000000', quantity: '2.0000' });
  });

  it.each([ORDER_STATUS.open, ORDER_STATUS.cancelled])('of status %s is not reversed', (status) => {
    expect(() => orderOf(status).reverse()).toThrow(OrderNotCompleted);
  });

  it('is released only while it is held', () => {
    expect(orderOf(ORDER_STATUS.open).release()).toMatchObject({ held: false, released: true });
    expect(() => orderOf(ORDER_STATUS.open, { held: false }).release()).toThrow(OrderNotHeld);
  });
});
