import { migrate } from '@open-cpo/persistence';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { database } from '../data-source';

const ORDERS = `
  insert into orders (id, session_id, account_id, charge_point_id, user_id, payment, unit, requested_quantity, status, revision,
    tariff, prices, charging_session_time, charging_session_energy, quantity, unit_price_usd, price_usd, fees_usd, earning_usd,
    currency, rate, day, feedback_exist, created_at, updated_at)
  select n, 's' || n, 1, 1 + n % 2, case when n = 1 then 7 else 1 end, 'electronic', 'energy', 'FULL', case when n = 5 then 2 else 1 end, 1,
    '{}', '[]', 0, 0, 0, 1, 2, 0.5, 1, case when n = 4 then null else 'JOD' end, 0.709, '2025-01-08', false, now(), now()
  from generate_series(1, 5) n`;

describe('history', () => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await testDatabase('orders_history');
    await migrate(database(db.ownerUrl));
    // As the version before left it.
    await db.query(`delete from migrations where name = 'History1795996000001'`);
    await db.query('drop index orders_held, orders_flagged');
    await db.query(ORDERS);
    await db.query(`insert into sessions (session_id, order_id, driver_id, card)
      select session_id, id, case when id = 1 then 7 end, 'none' from orders`);
    await db.query(
      `insert into charge_point_totals (charge_point_id, account_id, orders, earnings_usd) values (1, 1, 2, 2), (2, 1, 3, 2)`,
    );
    await db.query(`insert into charge_point_days (charge_point_id, day, orders, earnings_usd)
      values (1, '2025-01-08', 2, 2), (2, '2025-01-08', 2, 2)`);
  });
  afterAll(() => db?.drop());

  it('is filled in while others write, as often as it is tried', async () => {
    for (const _ of [1, 2]) {
      // An order that is being written holds up the making of an index, and is not held up itself.
      await db.query('begin');
      await db.query('update orders set updated_at = now() where id = 1');
      const migrating = migrate(database(db.ownerUrl));
      await db.query('update orders set updated_at = now() where id = 2');
      await db.query('commit');
      expect(await migrating).toEqual(['History1795996000001']);
      expect(await db.query('select user_id, flat_fee_usd as fee from orders order by id')).toEqual([
        { user_id: 7, fee: '0.50000000' },
        ...[2, 3, 4].map(() => ({ user_id: null, fee: '0.50000000' })),
        { user_id: null, fee: null },
      ]);
      const earned = 'select charge_point_id as id, earned from';
      const sums = [
        { id: 1, earned: { JOD: ['1', '0.709'] } },
        { id: 2, earned: { JOD: ['2', '1.418'] } },
      ];
      expect(await db.query(`${earned} charge_point_totals order by 1`)).toEqual(sums);
      expect(await db.query(`${earned} charge_point_days order by 1`)).toEqual(sums);
      await db.query(`delete from migrations where name = 'History1795996000001'`);
    }
  });
});
