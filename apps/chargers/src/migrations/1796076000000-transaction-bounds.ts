import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What bounds the events of a transaction of OCPP 2.0.1: readings that are kept, and registers without a look at them. */
export class TransactionBounds1796076000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table transactions add column kept_readings integer not null default 0, add column least_wh numeric,
        add column most_wh numeric, add column decide_after timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table transactions drop column kept_readings, drop column least_wh, drop column most_wh,
        drop column decide_after`);
  }
}
