import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The replica that has the connection of a charger, with the generation for which that was said. */
export class ChargerHolders1796098000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table chargers add column holder uuid, add column holder_generation bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table chargers drop column holder, drop column holder_generation');
  }
}
