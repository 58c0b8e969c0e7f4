import { type OrderCompleted, orders, ordersInternal, ordersOperators } from '@open-cpo/contracts';
import { allRows, internalCaller } from '@open-cpo/messaging';
import { empty, inUsd, knowChargePoints, type Orders, ordersWhere, startOrders, publishedEvents } from '../test/orders';
import { after, end, meter, start } from '../test/session';

describe('operators', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('operators', { ORDER_FLAT_FEE_USD: '1' });
    await knowChargePoints(own);
  });
  afterAll(() => own?.stop());
  beforeEach(() => empty(own));

  const order = async (session: string, minutes = 10, chargePoint = 1) => {
    await start(own, session, { charge_point_id: chargePoint });
    await end(own, session, minutes, 1000);
    const [row] = await ordersWhere(own, `session_id = '${session}' and status = 1`);
    return Number(row?.id);
  };
  const reverse = (orderId: number) =>
    own.bus.call(ordersOperators.reverse, { orderId, reason: 'a complaint', by: 'me' }, internalCaller());
  const correct = (orderId: number, more: object) =>
    own.bus.call(ordersOperators.correct, { orderId, reason: 'a broken meter', by: 'me', ...more }, internalCaller());

  it('take an order back whole, once', async () => {
    const id = await order('a');
    expect(await reverse(id)).toMatchObject({ status: 2, price_usd: '0.00000000', earning_usd: '0.00000000' });
    expect(await reverse(id)).toMatchObject({ status: 2 });
    expect(await publishedEvents(own, 'orders.reversed')).toMatchObject([
      { order_id: id, revision: 1, price_usd: '20.00000000', earning_usd: '17.00000000', reason: 'a complaint' },
    ]);
    expect(await own.bus.call(orders.one, { orderID: id }, inUsd())).toMatchObject({
      status: 2,
      price: '0.00',
      charge_point: { total_earnings: '0.00' },
    });
    expect(await own.db.query(`select account_id, action, after->>'by' as by from audit_log`)).toEqual([
      { account_id: 1, action: 'orders.reverse', by: 'me' },
    ]);
  });

  it('correct an order by what the session really was', async () => {
    const id = await order('b');
    expect(await correct(id, { ended_at: after(5), energy_wh: 400 })).toMatchObject({
      revision: 2,
      price_usd: '10.00000000',
    });
    expect(await publishedEvents(own, 'orders.reversed')).toMatchObject([{ revision: 1, price_usd: '20.00000000' }]);
    expect(await publishedEvents(own, 'orders.completed')).toMatchObject([
      { revision: 1 },
      { revision: 2, price_usd: '10.00000000', energy: '0.4000', completed_at: after(5) },
    ]);
    await expect(correct(id, { ended_at: after(-5) })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('complete an order again that was taken back', async () => {
    const id = await order('c');
    await reverse(id);
    expect(await correct(id, {})).toMatchObject({ status: 1, revision: 2, price_usd: '20.00000000' });
    expect(await publishedEvents(own, 'orders.reversed')).toHaveLength(1);
  });

  it('have the last word: what the session tells afterwards changes nothing', async () => {
    const id = await order('d');
    await correct(id, { ended_at: after(5) });
    await meter(own, 'd', 3, 300);
    await order('e');
    expect(await own.bus.call(orders.one, { orderID: id }, inUsd())).toMatchObject({ price: '10.00' });
  });

  it('refuse what is not complete and what there is not', async () => {
    await start(own, 'f');
    const [open] = await ordersWhere(own, `session_id = 'f'`);
    await expect(reverse(Number(open?.id))).rejects.toMatchObject({ code: 'conflict' });
    await expect(reverse(999)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('and other services can have all completed orders told again', async () => {
    const first = await order('h');
    const second = await order('i', 10, 2);
    await reverse(first);
    const closed = (query: object) =>
      allRows<OrderCompleted>(own.bus.stream(ordersInternal.closed, query, internalCaller()));
    const again = await closed({});
    const domainEvents = await publishedEvents(own, 'orders.completed');
    expect(again).toEqual(domainEvents.filter(({ order_id }) => order_id === second));
    expect(await closed({ since: '2025-01-08', chargePointId: 2 })).toHaveLength(1);
    expect(await closed({ since: '2025-01-09' })).toEqual([]);
  });
});
