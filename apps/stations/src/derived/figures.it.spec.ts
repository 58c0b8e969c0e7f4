import { jetstreamManager } from '@nats-io/jetstream';
import { localDay, type ChargePointChanged, chargePointChanged, chargePoints, stats } from '@open-cpo/contracts';
import { Broker, Broadcast } from '@open-cpo/messaging';
import { startTestClient, until } from '@open-cpo/testing';
import { make, one, owner, rival } from '../test/charge-points';
import { TestOrders } from '../test/orders';
import { empty, startStations, type Stations } from '../test/stations';

describe('what orders make of a power center', () => {
  let stations: Stations;
  let orders: TestOrders;
  let charge_point_id: number;
  const today = localDay('Africa/Algiers', new Date());

  beforeAll(async () => {
    stations = await startStations('figures');
    orders = new TestOrders(stations);
  });
  afterAll(() => stations?.stop());
  beforeEach(async () => {
    await empty(stations);
    ({ id: charge_point_id } = await make(stations, { latitude: 36.7, longitude: 3.05 }));
  });

  const shown = async (expected: object, id = charge_point_id, caller = owner()): Promise<void> => {
    const fits = async () => {
      expect(await one(stations, id, caller)).toMatchObject(expected);
      return true;
    };
    await until(() => fits().catch(() => false), JSON.stringify(expected)).catch(fits);
  };
  const sold = (orders_count: number, more = {}) => shown({ orders_count, ...more });
  const completed = (more = {}) => orders.completed({ charge_point_id, day: today, ...more });
  const reversed = (more = {}) => orders.reversed({ charge_point_id, day: today, ...more });
  const ofToday = async (caller = owner()) =>
    (await stations.bus.call(stats.one, { id: charge_point_id }, caller)).today;

  it('shows in its totals, today’s earning and its day', async () => {
    await completed();
    await completed({ order_id: 2, minutes: '3.5000', energy: '0.2500', earning_usd: '0.50000000' });
    const totals = { total_energy: 12.75, total_sessions_time: 30.5, total_earnings: '1021.57', earning: '1021.57' };
    await sold(2, totals);
    const expected = { earnings: '1021.57', chargingTime: '30.50', energyConsumed: '12.75', ordersNb: 2 };
    expect(await ofToday()).toEqual(expected);
  });

  it('stays what it was in the currency that it was settled in, whatever the rate has become', async () => {
    await completed({ currency: 'DZD', rate: '100', earning_amount: '700.50000000' });
    await completed({ order_id: 2, currency: 'DZD', rate: '150', earning_usd: '1.00000000' });
    await completed({ order_id: 3, currency: 'EUR', rate: '0.86', earning_usd: '1.00000000' });
    await completed({ order_id: 4, currency: 'DZD', rate: '200', earning_usd: '9.00000000' });
    await reversed({ order_id: 4, currency: 'DZD', rate: '200', earning_usd: '9.00000000' });
    await sold(4, { total_earnings: '986.71', earning: '986.71' });
    expect(await ofToday()).toMatchObject({ earnings: '986.71', ordersNb: 3 });
    expect((await stations.bus.call(stats.all, {}, owner())).thisWeek.earnings).toBe('986.71');
    const [day] = await stations.db.query<{ earned: object }>('select earned from charge_point_days');
    expect(day?.earned).toEqual({ DZD: ['8', '850.5'], EUR: ['1', '0.86'] });
  });

  it('of an earlier day is no earning of today', async () => {
    await completed({ day: '2025-01-31' });
    await sold(1, { earning: '0.00', total_earnings: '953.47' });
    expect(await ofToday()).toMatchObject({ earnings: '0.00', ordersNb: 0 });
  });

  it('counts once however often and in whichever order it is told', async () => {
    const first = () => completed({ earning_usd: '1.00000000' });
    const back = () => reversed({ earning_usd: '1.00000000' });
    const second = () => completed({ revision: 2, earning_usd: '2.00000000', day: '2025-03-01' });
    for (const tell of [back, second, first, first, second, back]) await tell();
    await completed({ order_id: 9, earning_usd: '10.00000000' });
    await sold(2, { total_earnings: '1634.51', earning: '1362.09', total_energy: 25 });
    const days = await stations.db.query('select day::text, orders from charge_point_days order by day');
    expect(days).toEqual([
      { day: '2025-03-01', orders: 1 },
      { day: today, orders: 1 },
    ]);
  });

  it('counts as an order from its beginning, and stays one', async () => {
    await orders.started({ charge_point_id });
    await sold(1, { total_energy: 0, total_earnings: '0.00' });
    await orders.started({ charge_point_id, order_id: 2 });
    await sold(2);
    await completed();
    await orders.started({ charge_point_id });
    await reversed();
    await completed({ order_id: 3 });
    await sold(3, { total_energy: 12.5 });
    expect(await ofToday()).toMatchObject({ ordersNb: 1 });
  });

  it('keeps the power center from being removed as long as its session runs', async () => {
    const remove = () => stations.bus.call(chargePoints.remove, { id: charge_point_id }, owner());
    await orders.started({ charge_point_id, connector_number: null });
    await sold(1);
    await expect(remove()).rejects.toMatchObject({ code: 'delete_refused' });
    await completed();
    await orders.started({ charge_point_id, connector_number: null });
    await completed({ order_id: 2 });
    await sold(2, { total_energy: 25 });
    await remove();
    expect((await stations.bus.call(stats.all, {}, owner())).today).toMatchObject({ ordersNb: 2 });
  });

  it('brings nothing any more when it is taken back', async () => {
    await completed();
    await sold(1);
    await reversed();
    await sold(1, { total_earnings: '0.00', total_energy: 0, total_sessions_time: 0, earning: '0.00' });
    expect(await stations.db.query('select 1 from charge_point_days')).toEqual([]);
  });

  it('is told to whoever shows the power center', async () => {
    const client = await startTestClient(stations.broker);
    const received: ChargePointChanged[] = [];
    client.app.get(Broadcast).subscribe(chargePointChanged, (payload) => received.push(payload));
    await client.app.get(Broker).flush();
    await completed();
    await until(() => received.some(({ id, card }) => id === charge_point_id && card.orders_count === 1));
    await client.stop();
  });

  it('stays with its owner', async () => {
    const { id: other } = await make(stations, {}, rival());
    await orders.completed({ charge_point_id: other, account_id: 1, order_id: 5 });
    await orders.completed({ charge_point_id, account_id: 2, order_id: 6 });
    await orders.completed({ charge_point_id: 999, order_id: 7 });
    await completed();
    await sold(1);
    await shown({ orders_count: 0, total_earnings: '0.00' }, other, rival());
    const jetstream = await jetstreamManager(stations.service.app.get(Broker).connection());
    const dead = async () => (await jetstream.streams.info('DEAD')).state.messages;
    await until(async () => (await dead()) >= 3, 'three dead letters');
    await expect(stations.bus.call(stats.one, { id: charge_point_id }, rival())).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { thisMonth } = await stations.bus.call(stats.all, {}, rival());
    expect(thisMonth).toMatchObject({ ordersNb: 0, earnings: '0.00' });
  });

  it('still counts when the power center has been removed', async () => {
    await stations.bus.call(chargePoints.remove, { id: charge_point_id }, owner());
    await completed();
    const count = async () =>
      (await stations.db.query<{ n: number }>('select orders_count as n from charge_points'))[0]?.n;
    await until(async () => (await count()) === 1);
  });

  it('is rated as drivers do on average, the last word of each', async () => {
    const rate = (rating: string, feedback_id: number) => orders.rated(rating, { feedback_id, charge_point_id });
    await rate('5.00', 1);
    await shown({ rating: '5.00' });
    await rate('2.00', 2);
    await rate('2.00', 3);
    await shown({ rating: '3.00' });
    await rate('3.50', 1);
    await rate('3.50', 1);
    await shown({ rating: '2.50' });
    await rate('0.00', 4);
    await shown({ rating: '1.88' });
  });
});
