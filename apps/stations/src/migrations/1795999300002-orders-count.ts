import { createIndexOnline, inRanges } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

// Orders that were taken back are orders, too; those that run are known from now on. Whoever counts one waits meanwhile.
const COUNT = [
  'select 1 from charge_points where id > $1 and id <= $2 order by id for update',
  `update charge_points c set orders_count = o.orders from (
      select charge_point_id, count(*)::int as orders from charge_point_orders
      where charge_point_id > $1 and charge_point_id <= $2 group by 1) o
    where o.charge_point_id = c.id and c.orders_count <> o.orders`,
];
const POWER_CENTERS = 100;

/** Counts all orders of power centers, while the service is at work. */
export class OrdersCount1795999300002 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    const running = 'on charge_point_orders (charge_point_id) where stage = -1';
    await createIndexOnline(runner, 'charge_point_orders_running', running);
    await inRanges(runner, 'charge_points', COUNT, POWER_CENTERS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index charge_point_orders_running');
  }
}
