import { randomUUID } from 'node:crypto';
import { startTestApp, stopTestApp, testConfig, until } from '@open-cpo/testing';
import { AppModule } from '../app.module';
import { StationsConfig } from '../config';
import { make } from '../test/charge-points';
import { order, TestOrders } from '../test/orders';
import { startStations, type Stations } from '../test/stations';

const POINTS = 5;
const ORDERS = 400;

describe('many orders at once', () => {
  let stations: Stations;
  let orders: TestOrders;

  beforeAll(async () => {
    stations = await startStations('replicas');
    orders = new TestOrders(stations);
    for (let n = 0; n < POINTS; n += 1) await make(stations);
  });
  afterAll(() => stations?.stop());

  const replica = () => {
    const config = testConfig(StationsConfig, stations.broker, { DATABASE_URL: stations.db.url });
    return startTestApp({ broker: stations.broker, module: AppModule.forRoot(config), config });
  };

  it('count once each, although two replicas share the work, one ends on the way, and facts are told twice', async () => {
    const first = await replica();
    const second = await replica();
    const tell = async (order_id: number): Promise<void> => {
      const about = { order_id, charge_point_id: 1 + (order_id % POINTS) };
      const eventId = randomUUID();
      const completed = order({ ...about, earning_usd: '1.00000000', minutes: '1.0000', energy: '0.5000' });
      await orders.started(about);
      await orders.completed(completed, eventId);
      if (order_id % 4 === 0) await orders.completed(completed);
      if (order_id % 10 === 0) await orders.reversed(completed);
    };
    const ids = Array.from({ length: ORDERS }, (_, n) => n + 1);
    const half = ids.splice(0, ORDERS / 2);
    await Promise.all(half.map(tell));
    await Promise.all([stopTestApp(first), ...ids.map(tell)]);
    const stages = `select count(*)::int as n from charge_point_orders where stage = case when order_id % 10 = 0 then 3 else 2 end`;
    const heard = async () => (await stations.db.query<{ n: number }>(stages))[0]?.n;
    await until(async () => (await heard()) === ORDERS, 'all orders to be heard');
    const [sums] = await stations.db.query(`
      select sum(orders_count)::int as orders, sum(total_earnings_usd) as earnings, sum(total_sessions_time) as minutes,
        sum(total_energy) as energy from charge_points`);
    const counted = ORDERS * 0.9;
    const figures = {
      orders: counted,
      earnings: `${counted}.00000000`,
      minutes: `${counted}.0000`,
      energy: `${counted / 2}.0000`,
    };
    // Those that were taken back are orders, too.
    expect(sums).toEqual({ ...figures, orders: ORDERS });
    const [days] = await stations.db.query(`
      select sum(orders)::int as orders, sum(earnings_usd) as earnings, sum(minutes) as minutes, sum(energy) as energy
      from charge_point_days`);
    expect(days).toEqual(figures);
    await stopTestApp(second);
  });
});
