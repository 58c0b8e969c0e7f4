import { type Caller, type Cell, EXPORTS, type ExportPlan, orders as ordersApi, type Order } from '@open-cpo/contracts';
import { allRows, internalCaller } from '@open-cpo/messaging';
import { empty, knowChargePoints, type Orders, ordersWhere, owner, rival, startOrders } from '../test/orders';
import { end, start } from '../test/session';

interface Sheet {
  readonly plan: ExportPlan;
  readonly rows: Cell[][];
}

describe('exports of the orders service', () => {
  let own: Orders;
  beforeAll(async () => {
    own = await startOrders('orders_exports');
    await knowChargePoints(own);
  });
  afterAll(() => own?.stop());
  beforeEach(async () => {
    await empty(own);
    await own.db.query('truncate export_requests');
  });

  async function written(kind: 'orders' | 'feedback', caller: Caller): Promise<Sheet> {
    const operations = EXPORTS[kind];
    const { id: exportId } = await own.bus.call(operations.start, {}, caller);
    const run = { exportId, run: 'run-1' };
    const plan = await own.bus.call(operations.begin, run, internalCaller());
    return { plan, rows: await allRows<Cell[]>(own.bus.stream(operations.rows, run, internalCaller())) };
  }
  const column = ({ plan, rows }: Sheet, title: string): (Cell | undefined)[] => {
    const at = plan.columns.findIndex((one) => one.title === title);
    return rows.map((row) => row[at]);
  };

  it('show the orders of the owner and of nobody else, as the list shows them', async () => {
    await start(own, 'a');
    await end(own, 'a', 51.77, 1560);
    await start(own, 'b', { charge_point_id: 2 });
    await start(own, 'c', { charge_point_id: 3 });
    await ordersWhere(own, 'true', 3);
    await ordersWhere(own, 'status = 1');
    const sheet = await written('orders', owner());
    const list = await allRows<Order>(own.bus.stream(ordersApi.all, {}, owner()));
    expect(column(sheet, 'Order')).toEqual(list.map(({ id }) => id));
    expect(column(sheet, 'Power center')).toEqual(list.map((order) => order.charge_point.title));
    expect(column(sheet, 'Identifier')).toEqual(list.map((order) => order.charge_point.identifier));
    expect(column(sheet, 'Amount')).toEqual(list.map(({ price }) => price));
    expect(column(sheet, 'Unit price')).toEqual(list.map(({ unit_price }) => unit_price));
    expect(column(sheet, 'Earning')).toEqual(list.map(({ earning }) => earning));
    expect(column(sheet, 'Platform fees')).toEqual(list.map(({ app_fees }) => app_fees));
    expect(column(sheet, 'Driver fees (USD)')).toEqual(list.map(({ fees }) => fees));
    expect(column(sheet, 'Energy (kWh)')).toEqual(list.map((order) => order.charging_session_energy));
    expect(column(sheet, 'Status')).toEqual(['Charging', 'Completed']);
    expect(column(await written('orders', rival()), 'Power center')).toEqual(['Power center 3']);
  });

  it('keep the rate of the day on which an order was completed', async () => {
    await start(own, 'a');
    await end(own, 'a', 51.77);
    await ordersWhere(own, 'status = 1');
    // As an order from before amounts were kept in the currency of its owner.
    const amounts = ['unit_price', 'price', 'earning'].map((what) => `${what}_amount = null`).join(', ');
    await own.db.query(`update orders set rate = 100, currency = 'DZD', ${amounts}`);
    const sheet = await written('orders', owner());
    const list = await allRows<Order>(own.bus.stream(ordersApi.all, {}, owner()));
    expect(column(sheet, 'Amount')).toEqual(list.map(({ price }) => price));
    expect(Number(column(sheet, 'Unit price')[0])).toBe(200);
  });

  it('tell moments in the owner’s zone', async () => {
    await start(own, 'a', { time: '2025-01-08T23:33:27Z' });
    await ordersWhere(own, 'true');
    const [started] = column(await written('orders', owner()), 'Started');
    expect(started).toBe('2025-01-09 00:33:27');
  });

  it('speak Arabic to those who prefer it', async () => {
    await start(own, 'a');
    await ordersWhere(own, 'true');
    for (const kind of ['orders', 'feedback'] as const) {
      const { plan } = await written(kind, { ...owner(), language: 'ar' });
      expect(plan.columns.filter(({ title }) => !/[\u0600-\u06ff]/.test(title))).toEqual([]);
      expect(plan.title).toMatch(/[\u0600-\u06ff]/);
      // One export of an account is at work at a time.
      await own.db.query('truncate export_requests');
    }
  });

  it('show feedback on the owner’s power centers and on no others', async () => {
    await start(own, 'a');
    await start(own, 'c', { charge_point_id: 3 });
    const rows = await ordersWhere(own, 'true', 2);
    for (const { id, account_id, charge_point_id } of rows) {
      await own.db.query(
        `insert into feedback (order_id, account_id, charge_point_id, user_id, message, rating, created_at, updated_at)
         values ($1, $2, $3, 7, $4, 3.9, '2025-01-08T12:00:00Z', now())`,
        [id, account_id, charge_point_id, `of account ${String(account_id)}`],
      );
    }
    const sheet = await written('feedback', owner());
    expect(column(sheet, 'Message')).toEqual(['of account 1']);
    expect(column(sheet, 'Rating')).toEqual(['3.90']);
    expect(column(sheet, 'Written')).toEqual(['2025-01-08 13:00:00']);
    expect(column(await written('feedback', rival()), 'Message')).toEqual(['of account 2']);
  });
});
