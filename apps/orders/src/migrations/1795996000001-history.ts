import { createIndexOnline, earnedOf, inRanges, inTransaction } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const ORDERS = [
  // Without a driver the number was that of the account.
  `update orders o set user_id = null from sessions s
    where o.id > $1 and o.id <= $2 and s.order_id = o.id and s.session_id = o.session_id and s.driver_id is null
      and o.user_id is not null`,
  // Of those that were taken back nobody knows the fee.
  'update orders set flat_fee_usd = fees_usd where id > $1 and id <= $2 and status = 1 and flat_fee_usd is null',
];

const OWN = earnedOf('currency', 'usd', 'amount');

/** What completed orders of the power center $1 earned, by the currency that they were settled in (and the day). */
const sums = (by: 'day' | ''): string => `
  select ${by && 'day, '} sum_earned(${OWN}) as earned from (
    select ${by && 'day, '} currency, sum(earning_usd) as usd,
      sum(coalesce(case when amounts_currency = currency then earning_amount end, round(earning_usd * rate, 8))) as amount
    from orders where charge_point_id = $1 and status = 1 and currency is not null and rate is not null
    group by currency ${by && ', day'}) o ${by && 'group by day'}`;

// Whoever completes an order of the power center waits until its sums are right.
const SUMS = [
  'select 1 from charge_point_totals where charge_point_id = $1 for update',
  `update charge_point_totals set earned = s.earned from (${sums('')}) s where charge_point_id = $1`,
  `update charge_point_days d set earned = s.earned from (${sums('day')}) s where d.charge_point_id = $1 and s.day = d.day`,
];

const NEXT = 'select charge_point_id as id from charge_point_totals where charge_point_id > $1 order by 1 limit 1000';

const INDEXES = {
  orders_held: 'on orders (id) where held',
  orders_flagged: `on orders (id) where flags <> '{}'`,
} as const;

/** What newer columns say of orders from before them, filled in while the service is at work. */
export class History1795996000001 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES)) await createIndexOnline(runner, name, definition);
    await inRanges(runner, 'orders', ORDERS);
    for (let after = 0, page = [after]; page.length > 0; after = page.at(-1) ?? 0) {
      page = ((await runner.query(NEXT, [after])) as { id: number }[]).map(({ id }) => id);
      for (const id of page) await inTransaction(runner, () => sumUp(runner, id));
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index ${Object.keys(INDEXES).join(', ')}`);
  }
}

async function sumUp(runner: QueryRunner, powerCenter: number): Promise<void> {
  for (const statement of SUMS) await runner.query(statement, [powerCenter]);
}
