import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CURRENCIES } from '../countries/fixture/currencies';

/** The rate table as a new installation begins with it; from then on it is the operators'. */
export class Currencies1700000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table currencies (
        code text not null constraint currencies_pkey primary key,
        decimals smallint not null,
        usd_rate numeric(20,8) not null constraint currencies_usd_rate_check check (usd_rate > 0),
        revision integer not null,
        updated_at timestamptz not null default now()
      )`);
    await runner.query(
      `insert into currencies (code, decimals, usd_rate, revision)
       select code, decimals, "usdRate"::numeric, 1
       from json_to_recordset($1) as fixture (code text, decimals smallint, "usdRate" text)`,
      [JSON.stringify(CURRENCIES)],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table currencies');
  }
}
