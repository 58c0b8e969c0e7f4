import { randomUUID } from 'node:crypto';
import { chargePoints } from '@open-cpo/contracts';
import { until } from '@open-cpo/testing';
import { change, make, one, owner } from '../test/charge-points';
import { TestOrders } from '../test/orders';
import { empty, startStations, type Stations } from '../test/stations';

describe('an order at a connector', () => {
  let stations: Stations;
  let orders: TestOrders;
  let charge_point_id: number;
  const now = Date.now();
  const at = (seconds: number): string => new Date(now - 3_600_000 + seconds * 1000).toISOString();

  beforeAll(async () => {
    stations = await startStations('occupied');
    orders = new TestOrders(stations);
  });
  afterAll(() => stations?.stop());
  beforeEach(async () => {
    await empty(stations);
    ({ id: charge_point_id } = await make(stations));
    const connectors = [
      { id: 1, number: 1 },
      { id: 3, number: 2 },
    ];
    await change(stations, charge_point_id, { connectors });
    await stations.db.query('update charge_points set configured = true, connected = true');
  });

  const start = (order_id: number, connector_number: number | null, seconds: number) =>
    orders.started({ order_id, charge_point_id, connector_number, started_at: at(seconds) });
  const end = (order_id: number, connector_number: number | null, seconds: number, more = {}) =>
    orders.completed({ order_id, charge_point_id, connector_number, completed_at: at(seconds), ...more });
  const is = async (expected: object): Promise<void> => {
    const fits = async () => {
      expect(await one(stations, charge_point_id)).toMatchObject(expected);
      return true;
    };
    await until(() => fits().catch(() => false), JSON.stringify(expected)).catch(fits);
  };
  const connectors = (...statuses: string[]) => ({ connectors: statuses.map((status) => ({ status })) });

  it('makes it busy, and the power center when all of them are', async () => {
    await start(1, 1, 0);
    await is({ status: 'available', is_in_use: false, ...connectors('busy', 'available') });
    await start(2, 2, 1);
    await is({ status: 'busy', is_in_use: true, available: false });
    const remove = stations.bus.call(chargePoints.remove, { id: charge_point_id }, owner());
    await expect(remove).rejects.toMatchObject({ code: 'delete_refused' });
    await end(1, 1, 60);
    await is({ status: 'available', is_in_use: false, ...connectors('available', 'busy') });
  });

  it('has ended, even if its beginning is told afterwards, or again', async () => {
    await end(1, 1, 60);
    await is({ orders_count: 1 });
    const again = randomUUID();
    await orders.started({ order_id: 1, charge_point_id, started_at: at(60) }, again);
    await orders.started({ order_id: 1, charge_point_id, started_at: at(90) });
    await start(2, 2, 1);
    await is(connectors('available', 'busy'));
  });

  it('does not end the next one at the same connector', async () => {
    await start(1, 1, 0);
    await start(2, 1, 60);
    await end(1, 1, 60);
    await end(3, 2, 60);
    await is({ orders_count: 3, total_energy: 25, ...connectors('busy', 'available') });
  });

  it('does not end the one that began in the same moment, received before', async () => {
    await start(1, 1, 0);
    await start(2, 1, 60);
    await is({ orders_count: 2, ...connectors('busy', 'available') });
    await end(1, 1, 60);
    await is({ total_energy: 12.5, ...connectors('busy', 'available') });
    await end(2, 1, 90);
    await is({ total_energy: 25, ...connectors('available', 'available') });
  });

  it('that ends in the moment of its beginning frees the connector', async () => {
    await start(1, 1, 30);
    await is(connectors('busy', 'available'));
    await end(1, 1, 30, { minutes: '0.0000' });
    await is({ orders_count: 1, ...connectors('available', 'available') });
  });

  it('frees nothing when it is corrected later', async () => {
    await start(1, 1, 0);
    await end(1, 1, 30);
    await start(2, 1, 60);
    await is({ orders_count: 2, total_energy: 12.5, ...connectors('busy', 'available') });
    await end(1, 1, 90, { revision: 2, minutes: '1.0000' });
    await is({ total_sessions_time: 1, ...connectors('busy', 'available') });
  });

  it('leaves alone what the charger has said since', async () => {
    await start(1, 1, 0);
    await is(connectors('busy', 'available'));
    const broken = `update charge_point_connectors set status = 'unavailable', status_at = $1 where number = 1`;
    await stations.db.query(broken, [at(20)]);
    await end(1, 1, 30);
    await is({ orders_count: 1, total_energy: 12.5, ...connectors('unavailable', 'available') });
  });

  it('without a number means the only connector, and none of several', async () => {
    await start(1, null, 0);
    await end(2, 2, 1);
    await is({ orders_count: 2, total_energy: 12.5, ...connectors('available', 'available') });
    await change(stations, charge_point_id, { connectors: [{ id: 1, number: 1 }] });
    await start(3, null, 2);
    await is({ status: 'busy' });
  });

  it('at a connector that there is not, or at none at all, is counted all the same', async () => {
    await start(1, 77, 0);
    await end(1, 77, 5);
    await is({ orders_count: 1, total_energy: 12.5, ...connectors('available', 'available') });
    await change(stations, charge_point_id, { connectors: [] });
    await start(2, 1, 10);
    await end(2, 1, 20);
    await is({ orders_count: 2, total_energy: 25, status: 'available' });
  });
});
