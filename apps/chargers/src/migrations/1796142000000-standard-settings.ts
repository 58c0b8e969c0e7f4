import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the settings of a charger are looked at next; nothing: as soon as it is connected. */
export class StandardSettings1796142000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table chargers add column settings_due_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table chargers drop column settings_due_at');
  }
}
