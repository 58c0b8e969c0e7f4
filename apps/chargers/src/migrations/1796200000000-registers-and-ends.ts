import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The unit of the registers of a transaction, which does not change while it goes on, by what an end that names no
 * transaction is recognised when it is repeated, and whether an end was assumed. Transactions of before have the unit of their
 * charger.
 */
export class RegistersAndEnds1796200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table transactions
      add column register_factor integer, add column stop_key bytea, add column end_assumed boolean`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table transactions
      drop column register_factor, drop column stop_key, drop column end_assumed`);
  }
}
