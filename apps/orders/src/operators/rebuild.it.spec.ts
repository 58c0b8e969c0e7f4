import { ordersOperators } from '@open-cpo/contracts';
import { internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { empty, knowChargePoints, type Orders, ordersWhere, rebuild, startOrders } from '../test/orders';
import { after, end, start } from '../test/session';
import { AccountCounts } from './account-counts';
import { PowerCenterFigures } from './power-center-figures';

const FIGURES = `
  select 'account' as what, account_id as id, null as day, orders, feedback::numeric as sum, '{}' as earned from account_totals
  union all select 'point', charge_point_id, null, orders, earnings_usd, earned from charge_point_totals
  union all select 'day', charge_point_id, day::text, orders, earnings_usd, earned from charge_point_days order by 1, 2, 3`;

/** Completed orders of one power center over ten days, without their sums. */
const MANY = `
  insert into orders (session_id, account_id, charge_point_id, user_id, payment, unit, requested_quantity, status,
    revision, tariff, prices, charging_session_time, charging_session_energy, quantity, unit_price_usd, price_usd,
    fees_usd, earning_usd, day, feedback_exist, created_at, updated_at)
  select 'many-' || n, 1, 1, 7, 'electronic', 'minutes', '10', 1 + n % 2, 1, '{}', '[]', 1, 1, 1, 1, 1, 0, 0.85,
    date '2025-01-01' + n % 10, false, now(), now()
  from generate_series(1, $1) n`;

describe('counts and sums', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('rebuild');
    await knowChargePoints(own);
  });
  afterAll(() => own?.stop());
  beforeEach(() => empty(own));

  const figures = () => own.db.query(FIGURES);
  const part = (after?: string) =>
    own.bus.call(ordersOperators.rebuild, { after, by: 'me' }, internalCaller({}, 60_000));
  const history = async () => {
    for (const [index, chargePoint] of [1, 1, 2, 3].entries()) {
      await start(own, `s${index}`, { charge_point_id: chargePoint });
      await end(own, `s${index}`, 10 + index, 1000);
      await ordersWhere(own, 'status = 1', index + 1);
    }
    const word = { reason: 'a complaint', by: 'me' };
    await own.bus.call(ordersOperators.reverse, { orderId: 1, ...word }, internalCaller());
    await own.bus.call(ordersOperators.correct, { orderId: 2, ended_at: after(1440), ...word }, internalCaller());
    await start(own, 'open');
    await ordersWhere(own, `session_id = 'open'`);
  };

  it('made anew are those that were kept', async () => {
    await history();
    const kept = await figures();
    expect(await rebuild(own)).toBe(0);
    expect(await figures()).toEqual(kept);
    expect(await own.db.query(`select 1 from audit_log where action = 'orders.rebuild'`)).toEqual([]);
  });

  it('that are wrong, missing or of nothing are repaired', async () => {
    await history();
    const kept = await figures();
    for (const harm of [
      `update charge_point_days set earned = '{"DZD":["1","2"]}'; update charge_point_totals set earned = '{}'`,
      'update charge_point_totals set earnings_usd = 5; update account_totals set orders = 9, feedback = 3',
      'delete from charge_point_days; delete from account_totals; delete from charge_point_totals',
      `insert into charge_point_days values (1, '2020-01-01', 3, 4), (9, '2020-01-01', 1, 1);
       insert into charge_point_totals values (8, 2, 1, 1); insert into account_totals values (7, 1, 1)`,
    ]) {
      await own.db.query(harm);
      expect(await rebuild(own)).toBeGreaterThan(0);
      expect(await figures()).toEqual(kept);
    }
    expect(
      await own.db.query(`select distinct after->>'by' as by from audit_log where action = 'orders.rebuild'`),
    ).toEqual([{ by: 'me' }]);
  });

  it('are gone through in parts, accounts first', async () => {
    await own.db.query('insert into account_totals select n, 1, 0 from generate_series(1, 60) n');
    expect(await part()).toEqual({ rows: 50, corrected: 50, next: 'accounts 50' });
    expect(await part('accounts 50')).toEqual({ rows: 10, corrected: 10, next: 'power-centers 0' });
    expect(await part('power-centers 0')).toEqual({ rows: 0, corrected: 0, next: null });
    await expect(part('orders 1')).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('of a power center with very many orders need several statements, each of them short', async () => {
    await own.db.query(MANY, [120_000]);
    expect(await part('power-centers 0')).toEqual({ rows: 1, corrected: 1, next: null });
    expect(await part()).toEqual({ rows: 2, corrected: 1, next: 'power-centers 0' });
    expect(await own.db.query('select * from charge_point_totals')).toMatchObject([
      { charge_point_id: 1, account_id: 1, orders: 120_000, earnings_usd: '51000.00000000' },
    ]);
    expect(
      await own.db.query('select sum(orders)::int as orders, count(*)::int as days from charge_point_days'),
    ).toEqual([{ orders: 60_000, days: 5 }]);
    expect(await own.db.query('select orders from account_totals where account_id = 1')).toEqual([{ orders: 120_000 }]);
  });

  it('count an order once that is completed meanwhile', async () => {
    const transactions = own.service.app.get(Transactions);
    await start(own, 'meanwhile');
    await ordersWhere(own, `session_id = 'meanwhile'`);
    await own.db.query('update charge_point_totals set orders = 0');
    await transactions.run(async () => {
      await own.service.app.get(AccountCounts).one(1);
      await own.service.app.get(PowerCenterFigures).one(1);
      await end(own, 'meanwhile', 10, 1000);
    });
    await ordersWhere(own, `session_id = 'meanwhile' and status = 1`);
    expect(await figures()).toMatchObject([
      { what: 'account', orders: 1 },
      { what: 'day', orders: 1, sum: '17.00000000' },
      { what: 'point', orders: 1, sum: '17.00000000' },
    ]);
    expect(await rebuild(own)).toBe(0);
  });
});
