import { Injectable } from '@nestjs/common';
import type { Rebuilt } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';

/** Whoever opens or completes orders waits; those who only look do not. */
const LOCK = 'lock table account_totals, charge_point_totals, charge_point_days in share row exclusive mode';
const PATIENCE = `set local statement_timeout = '110s'`;

const COUNTED: readonly (readonly [table: string, key: string, columns: string, truth: string])[] = [
  [
    'account_totals',
    'account_id',
    'account_id, orders, feedback',
    `select account_id, sum(orders)::int as orders, sum(feedback)::int as feedback from (
       select account_id, count(*) as orders, 0 as feedback from orders group by 1
       union all select account_id, 0, count(*) from feedback group by 1) x group by 1`,
  ],
  [
    'charge_point_totals',
    'charge_point_id',
    'charge_point_id, account_id, orders, earnings_usd',
    `select charge_point_id, min(account_id) as account_id, count(*)::int as orders,
       coalesce(sum(earning_usd) filter (where status = 1), 0) as earnings_usd from orders group by 1`,
  ],
  [
    'charge_point_days',
    'charge_point_id, day',
    'charge_point_id, day, orders, earnings_usd',
    `select charge_point_id, day, count(*)::int as orders, sum(earning_usd) as earnings_usd
       from orders where status = 1 group by 1, 2`,
  ],
];

/** Counts and sums made anew from what they count. */
@Injectable()
export class Rebuild {
  constructor(private readonly transactions: Transactions) {}

  async run(): Promise<Rebuilt> {
    const rebuilt = { corrected: 0, rows: 0 };
    await this.transactions.query(PATIENCE);
    await this.transactions.query(LOCK);
    for (const [table, key, columns, truth] of COUNTED) {
      const { wrong, rows } = await this.one(table, key, columns, truth);
      rebuilt.corrected += wrong;
      rebuilt.rows += rows;
    }
    return rebuilt;
  }

  private async one(table: string, key: string, columns: string, truth: string) {
    await this.transactions.query(`create temporary table truth on commit drop as ${truth}`);
    const [counts] = await this.transactions.query<{ wrong: number; rows: number }>(`
      select (select count(*) from (select ${columns} from truth except select ${columns} from ${table}) x)::int
        + (select count(*) from (select ${key} from ${table} except select ${key} from truth) x)::int as wrong,
        (select count(*)::int from truth) as rows`);
    if (counts && counts.wrong > 0) {
      await this.transactions.query(`delete from ${table}`);
      await this.transactions.query(`insert into ${table} (${columns}) select ${columns} from truth order by ${key}`);
    }
    await this.transactions.query('drop table truth');
    return counts ?? { wrong: 0, rows: 0 };
  }
}
