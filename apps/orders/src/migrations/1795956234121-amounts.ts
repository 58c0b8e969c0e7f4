import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `alter table orders
    add column unit_price_amount numeric(28,8),
    add column price_amount numeric(28,8),
    add column earning_amount numeric(28,8),
    add column amounts_currency text,
    add column flat_fee_usd numeric(20,8)`,
];

/** What an order comes to in the currency that its prices were entered in, and the fee that it was first completed with. */
export class Amounts1795956234121 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table orders drop column unit_price_amount, drop column price_amount,
      drop column earning_amount, drop column amounts_currency, drop column flat_fee_usd`);
  }
}
