import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions that payment apps ask for, and what of power centers decides whether they may. */
export class RequestedSessions1796088000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table commands add column session jsonb');
    // Null where stations have not published the power center since.
    await runner.query(`
      alter table charge_points add column listed boolean, add column price_unit text,
        add column connector_numbers integer[]`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table commands drop column session');
    await runner.query(`
      alter table charge_points drop column listed, drop column price_unit, drop column connector_numbers`);
  }
}
