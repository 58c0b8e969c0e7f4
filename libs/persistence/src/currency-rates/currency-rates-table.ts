import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table of `CurrencyRates`; goes into the migrations of every service that shows money. */
export class CurrencyRatesTable1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table currency_rates (
        code text not null constraint currency_rates_pkey primary key,
        rate numeric(20,8) not null,
        revision integer not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table currency_rates');
  }
}
