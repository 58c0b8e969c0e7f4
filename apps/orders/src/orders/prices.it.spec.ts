import { chargePointPricesChanged, orders } from '@open-cpo/contracts';
import { until } from '@open-cpo/testing';
import { inUsd, knowChargePoints, type Orders, ordersWhere, owner, say, startOrders } from '../test/orders';
import { startPriceHistory } from '../test/price-history';
import { after, end, meter, start } from '../test/session';

describe('the price of an order', () => {
  let own: Orders;

  beforeAll(async () => {
    own = await startOrders('prices');
    await knowChargePoints(own);
  });
  afterAll(() => own?.stop());

  const tell = async (id: number, more: object = {}) => {
    const { length } = await own.db.query('select 1 from charge_point_tariffs');
    const payload = {
      id,
      account_id: 1,
      time_zone: 'Africa/Algiers',
      price_unit: 'minutes' as const,
      price_usd: '1',
      session_limit_type: null,
      session_limit_value: 0,
      ranges: [],
      valid_from: after(-600),
      ...more,
    };
    await say(own, chargePointPricesChanged, payload, { aggregate: String(id) });
    await until(async () => (await own.db.query('select 1 from charge_point_tariffs')).length > length);
  };
  const priced = async (session: string, chargePoint: number, minutes: number, wh: number) => {
    await start(own, session, { charge_point_id: chargePoint });
    const [order] = await ordersWhere(own, `session_id = '${session}'`);
    await end(own, session, minutes, wh);
    await ordersWhere(own, `session_id = '${session}' and status = 1`);
    const orderID = Number(order?.id);
    return {
      usd: await own.bus.call(orders.one, { orderID }, inUsd()),
      dzd: await own.bus.call(orders.one, { orderID }, owner()),
    };
  };

  it('is made of the slices of the ranges that were in force', async () => {
    // Begins at 08:33:27 in Algiers.
    const ranges = [{ id: 5, price_usd: '3', starting: '09:00', ending: '10:00' }];
    await tell(1, { ranges });
    const { usd, dzd } = await priced('ranges', 1, 51.77, 2000);
    expect(usd).toMatchObject({ quantity: '51.0000', unit_price: '1.00', price: '101.00' });
    expect(usd.prices).toEqual([
      { id: 1, quantity: 26, price: 1, total: 26, startingTime: '08:33', endingTime: '09:00' },
      { id: 2, quantity: 25, price: 3, total: 75, startingTime: '09:00', endingTime: '09:25' },
    ]);
    expect(dzd.prices[0]).toMatchObject({ price: 136.21, total: 3541.44 });
  });

  it('is that of the prices in force when the session began, whatever came after', async () => {
    await start(own, 'before', { charge_point_id: 1 });
    await ordersWhere(own, `session_id = 'before'`);
    await tell(1, { price_usd: '50', valid_from: after(1) });
    await end(own, 'before', 10);
    const [before] = await ordersWhere(own, `session_id = 'before' and status = 1`);
    expect(before).toMatchObject({ price_usd: '10.00000000' });
    await start(own, 'later', { charge_point_id: 1, time: after(2) });
    await end(own, 'later', 12);
    await ordersWhere(own, `session_id = 'later' and price_usd = 500`);
  });

  it('goes by the prices of the first day where a session began before all of them', async () => {
    await tell(2, { price_usd: '0', valid_from: after(60 * 24 * 365) });
    await tell(2, { price_usd: '4', valid_from: after(60 * 24 * 365 + 5) });
    await tell(2, { price_usd: '9', valid_from: after(60 * 24 * 370) });
    expect((await priced('history', 2, 10, 0)).usd).toMatchObject({ price: '40.00' });
  });

  it('of energy follows the meter through the ranges', async () => {
    const ranges = [{ id: 6, price_usd: '2', starting: '09:00', ending: '23:59' }];
    await tell(1, { price_unit: 'energy', price_usd: '1', ranges, valid_from: after(-1) });
    await start(own, 'energy', { charge_point_id: 1 });
    await meter(own, 'energy', 26.55, 8000);
    await end(own, 'energy', 60, 10_000);
    const [order] = await ordersWhere(own, `session_id = 'energy' and status = 1`);
    expect(order).toMatchObject({ price_usd: '12.00000000', quantity: '10.0000', unit: 'energy' });
  });

  it('has nothing beyond the limit of a session', async () => {
    const limit = { session_limit_type: 'minutes' as const, session_limit_value: 15 };
    await tell(2, { ...limit, valid_from: after(-1) });
    expect((await priced('limit', 2, 60, 0)).usd).toMatchObject({
      quantity: '15.0000',
      price: '15.00',
      charging_session_time: '60.0000',
    });
  });

  describe('that was changed', () => {
    const version = (more: object = {}) => ({
      id: 1,
      account_id: 1,
      time_zone: 'Africa/Algiers',
      price_unit: 'minutes' as const,
      price_usd: '7',
      session_limit_type: null,
      session_limit_value: 0,
      ranges: [],
      valid_from: after(-0.001),
      ...more,
    });
    afterEach(() => {
      own.stations.known.versions.length = 0;
    });

    it('before a session is its price, although nobody had heard of the change', async () => {
      own.stations.known.versions.push(version());
      expect((await priced('unheard', 1, 10, 0)).usd).toMatchObject({ price: '70.00', unit_price: '7.00' });
    });

    it('is asked for until stations answers: the session waits, and is not priced by what had been heard', async () => {
      await own.stations.stop();
      await start(own, 'waits', { charge_point_id: 2 });
      await end(own, 'waits', 10, 0);
      await until(
        async () => (await own.db.query(`select 1 from sessions where session_id = 'waits' and held`)).length > 0,
      );
      const back = await startPriceHistory(own.broker, [version({ id: 2 })]);
      const [order] = await ordersWhere(own, `session_id = 'waits' and status = 1`);
      expect(order).toMatchObject({ price_usd: '70.00000000' });
      Object.assign(own.stations, back);
    });

    it('in its own currency costs what was entered, whatever the rate table has become', async () => {
      const entered = { price_usd: '0.5', price_amount: '4.00', price_currency: 'DZD' };
      own.stations.known.versions.push(version(entered));
      const { dzd, usd } = await priced('entered', 1, 10, 0);
      expect(dzd).toMatchObject({ unit_price: '4.00', price: '40.00', earning: '34.00' });
      expect(usd).toMatchObject({ price: '0.29' });
    });
  });
});
