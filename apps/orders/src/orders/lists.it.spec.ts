import { type ListOrders, type Order, orders } from '@open-cpo/contracts';
import { allRows } from '@open-cpo/messaging';
import { ownAccount, Transactions } from '@open-cpo/persistence';
import { reference } from '@open-cpo/testing';
import {
  empty,
  inUsd,
  know,
  knowChargePoints,
  type Orders,
  ordersWhere,
  owner,
  pageOf,
  rival,
  startOrders,
} from '../test/orders';
import { end, start } from '../test/session';
import * as sql from './orders.queries';

const wrongIn = (number: number, body: unknown): string[] =>
  reference.mismatches(body, reference.answerOf(reference.operationOf(number)).shape);

const inEnvelope = (results: unknown) => ({
  success: 1,
  msg: reference.DONE,
  msg_arabic: reference.DONE_ARABIC,
  results,
});

// Minutes, Wh and minutes from the first one's begin; the third is the longest, the second has the most energy.
const SESSIONS = [
  { id: 'a', at: 0, minutes: 10, wh: 3000, chargePoint: 1 },
  { id: 'b', at: 60, minutes: 20, wh: 9000, chargePoint: 2 },
  { id: 'c', at: 30, minutes: 30, wh: 1000, chargePoint: 1 },
  { id: 'd', at: 90, minutes: 5, wh: 2000, chargePoint: 2 },
] as const;

describe('lists of orders', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('order_lists');
    await knowChargePoints(own);
    await empty(own);
    for (const { id, at, minutes, wh, chargePoint } of SESSIONS) {
      const time = new Date(Date.UTC(2025, 0, 8, 7, at)).toISOString();
      await start(own, id, { charge_point_id: chargePoint, time });
      await ordersWhere(own, `session_id = '${id}'`);
      await end(own, id, at + minutes - 33.45, wh);
    }
    await start(own, 'rival', { charge_point_id: 3 });
    await end(own, 'rival', 7);
    await ordersWhere(own, 'status = 1', SESSIONS.length + 1);
  });
  afterAll(() => own?.stop());

  const sessionsOf = async (query: Partial<ListOrders>, caller = owner()): Promise<string> => {
    const { data } = await pageOf(own, query, caller);
    const rows = await own.db.query<{ id: number; session_id: string }>('select id, session_id from orders');
    const names = new Map(rows.map(({ id, session_id }) => [id, session_id]));
    return data.map(({ id }) => names.get(id)).join('');
  };
  const all = (query: Partial<ListOrders>, caller = owner()) =>
    allRows<Order>(own.bus.stream(orders.all, query, caller));

  it('are pages of the documented shape, newest first', async () => {
    const page = await pageOf(own);
    expect(wrongIn(27, inEnvelope(page))).toEqual([]);
    expect(page.meta).toEqual({ per_page: 15, total: 4 });
    expect(await sessionsOf({})).toBe('dcba');
  });

  it.each([
    ['insert_date', 'acbd'],
    ['duration', 'dabc'],
    ['energy', 'cdab'],
    ['price', 'dabc'],
    ['totalEarning', 'dabc'],
  ])('can be sorted by %s', async (key, expected) => {
    expect(await sessionsOf({ sortBy: [{ key, order: 'asc' }] })).toBe(expected);
    expect(await sessionsOf({ sortBy: [{ key, order: 'desc' }] })).toBe([...expected].reverse().join(''));
  });

  it('are the same from whichever end they are read', async () => {
    for (const order of ['asc', 'desc'] as const) {
      const pages: string[] = [];
      for (let page = 1; page <= 5; page += 1) {
        pages.push(await sessionsOf({ itemsPerPage: 1, page, sortBy: [{ key: 'energy', order }] }));
      }
      expect(pages.join('')).toBe(order === 'asc' ? 'cdab' : 'badc');
    }
    expect(await sessionsOf({ itemsPerPage: 3, page: 2 })).toBe('a');
  });

  it('are searched by the identifier of the power center', async () => {
    expect(await sessionsOf({ search: 'cp:1' })).toBe('ca');
    expect(await sessionsOf({ search: 'P:2', sortBy: [{ key: 'price', order: 'desc' }] })).toBe('bd');
    expect(await sessionsOf({ search: 'P:2', page: 2, itemsPerPage: 1 })).toBe('b');
    expect(await pageOf(own, { search: 'cp:3' })).toEqual({ data: [], meta: { per_page: 15, total: 0 } });
    expect(await pageOf(own, { search: '%' })).toMatchObject({ meta: { total: 0 } });
    expect(await sessionsOf({ search: '\u200FＣＰ:١' })).toBe('ca');
  });

  it('past the end are empty and still tell how many there are', async () => {
    expect(await pageOf(own, { page: 99 })).toEqual({ data: [], meta: { per_page: 15, total: 4 } });
  });

  it('are told whole as a stream', async () => {
    expect(await all({})).toHaveLength(4);
    expect((await all({ search: 'CP:1' })).map(({ charge_point_id }) => charge_point_id)).toEqual([1, 1]);
    expect(wrongIn(30, await all({}))).toEqual([]);
  });

  it('hold nothing of another account', async () => {
    expect(await sessionsOf({}, rival())).toBe('rival');
    expect(await all({}, rival())).toHaveLength(1);
    expect(await sessionsOf({ search: 'cp:1' }, rival())).toBe('');
    expect(await all({ search: 'cp:1' }, rival())).toEqual([]);
  });

  it('and every exempt read hold nothing of another account', async () => {
    const transactions = own.service.app.get(Transactions);
    const [{ id } = { id: 0 }] = await own.db.query<{ id: number }>(`select id from orders where session_id = 'a'`);
    const PARAMS = { ONE: [id], MATCHING: ['cp:1'], COUNT: [] };
    const ask = async (accountId: number) =>
      Promise.all(
        Object.entries(PARAMS).map(([name, params]) =>
          transactions.exempt(sql[name as keyof typeof PARAMS], ownAccount(accountId), ...params),
        ),
      );
    expect(await ask(999)).toEqual([[], [{ total: 0, ids: [] }], [{ total: 0 }]]);
    expect(await ask(owner().identity?.accountId ?? 0)).toMatchObject([[{ id }], [{ total: 2 }], [{ total: 4 }]]);
  });

  it('refuse a key that is not documented', async () => {
    const sortBy = [{ key: 'id; drop table orders', order: 'asc' as const }];
    await expect(pageOf(own, { sortBy })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('of one power center have the two documented forms', async () => {
    const listed = await allRows<Order>(own.bus.stream(orders.ofChargePoint, { chargePointID: 1 }, owner()));
    expect(wrongIn(30, listed)).toEqual([]);
    expect(listed[0]).toMatchObject({ earning: '6946.68', insert_date: '2025-01-08 07:30' });
    const numbers = await allRows<Order>(own.bus.stream(orders.ofPowerCenter, { id: 1 }, owner()));
    expect(wrongIn(45, numbers)).toEqual([]);
    expect(numbers[0]).toMatchObject({ earning: 51, insert_date: '2025-01-08 07:30:00', app_fees: '1225.88' });
  });

  it('of a foreign or a missing power center are refused each in its own way', async () => {
    const listed = (chargePointID: number) => allRows(own.bus.stream(orders.ofChargePoint, { chargePointID }, owner()));
    const numbers = (id: number) => allRows(own.bus.stream(orders.ofPowerCenter, { id }, owner()));
    await expect(listed(3)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listed(77)).rejects.toMatchObject({ code: 'not_found' });
    await expect(numbers(3)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(numbers(77)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('show the power center as it is now, with what it has earned', async () => {
    await know(own, 1, 1, { title: 'New name', price_usd: 3 });
    const [one] = (await pageOf(own, { search: 'cp:1' }, inUsd())).data;
    expect(one?.charge_point).toMatchObject({
      title: 'New name',
      price: '3.00',
      total_earnings: '68.00',
      reservation_fee: '0.50',
      earning: '0.00',
    });
    expect(one).toMatchObject({ unit_price: '2.00' });
  });
});
