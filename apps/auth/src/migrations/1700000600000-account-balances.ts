import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What payouts tells of balances. */
export class AccountBalances1700000600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account_balances (
        account_id integer not null constraint account_balances_pkey primary key,
        balance_usd numeric(20,8) not null,
        sequence integer not null
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table account_balances');
  }
}
