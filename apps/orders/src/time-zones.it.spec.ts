import { Metrics } from '@open-cpo/platform';
import { startTestApp, stopTestApp } from '@open-cpo/testing';
import { AppModule } from './app.module';
import { type Orders, startOrders } from './test/orders';

describe('orders', () => {
  let orders: Orders;
  beforeAll(async () => {
    orders = await startOrders('time-zones');
  });
  afterAll(() => orders?.stop());

  it('shows the release of its time zone data', async () => {
    const text = await orders.service.app.get(Metrics).text();
    expect(text).toContain(`open_cpo_time_zone_data_info{source="node",version="${process.versions.tz}"} 1`);
    expect(text).toMatch(/^open_cpo_time_zone_data_info\{source="postgresql",version="20\d\d[a-z]"\} 1$/m);
    expect(text).toMatch(/^open_cpo_time_zone_probes_failed\{source="postgresql"\} \d+$/m);
  });

  it('does not start with data that is older than accepted', async () => {
    const config = Object.assign(Object.create(orders.config) as typeof orders.config, {
      timeZoneDataMinimum: '2099a',
    });
    const starting = startTestApp({ broker: orders.broker, module: AppModule.forRoot(config), config: orders.config });
    await expect(starting.then(stopTestApp)).rejects.toThrow(/oldest accepted one is 2099a|time zone database: update/);
  });
});
