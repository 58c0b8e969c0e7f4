import { PartitionMaintenance } from '@open-cpo/persistence';
import { until } from '@open-cpo/testing';
import { type Notifications, startNotifications } from '../test/notifications';
import { QUEUE } from './webhooks.queries';

const ENDPOINT = `insert into webhooks (account_id, url, description, events, secrets)
  values (1, 'https://93.184.216.34/hook', '', '{}', '') returning id`;
const FILL = `insert into webhook_deliveries (account_id, webhook_id, event_id, type, body, status, created_at)
  select 1, $1, n::text, 'order.completed', '{}', 'delivered', now() - make_interval(days => $2)
  from generate_series(1, $3::int) n`;
const NAMES = `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'webhook_deliveries'::regclass`;

describe('partitions of deliveries', () => {
  let service: Notifications;
  beforeAll(async () => (service = await startNotifications('delivery_partitions')));
  afterAll(() => service?.stop());

  const endpoint = async (): Promise<number> => (await service.db.query<{ id: number }>(ENDPOINT))[0]?.id ?? 0;
  const count = () => service.db.query('select count(*)::int as n from webhook_deliveries');

  it('are dropped when all of their deliveries are past retention; single ones are deleted', async () => {
    const id = await endpoint();
    await service.db.query(FILL, [id, 30, 100]);
    await service.db.query(`select setval(pg_get_serial_sequence('webhook_deliveries', 'id'), 2000000, false)`);
    await service.db.query(FILL, [id, 30, 3]);
    await service.db.query(FILL, [id, 0, 5]);
    const maintenance = service.app.get(PartitionMaintenance);
    await until(async () => {
      await maintenance.run();
      const names = (await service.db.query<{ name: string }>(NAMES)).map(({ name }) => name);
      return !names.includes('partitions.webhook_deliveries_0');
    }, 'the old partition to be dropped');
    expect(await count()).toEqual([{ n: 5 }]);
  });

  it('lose deliveries with their endpoint, and take none for one that is gone', async () => {
    const id = await endpoint();
    await service.db.query(FILL, [id, 0, 2]);
    expect(await count()).toEqual([{ n: 7 }]);
    await service.db.query('delete from webhooks where id = $1', [id]);
    expect(await count()).toEqual([{ n: 5 }]);
    const rows = [{ account_id: 1, webhook_id: id, event_id: 'late', type: 'ping', body: '{}' }];
    expect(await service.db.query(QUEUE, [JSON.stringify(rows)])).toEqual([]);
  });
});
