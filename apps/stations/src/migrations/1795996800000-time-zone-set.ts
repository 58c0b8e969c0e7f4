import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A zone that a request has set stays when the power center moves. */
export class TimeZoneSet1795996800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charge_points add column time_zone_set boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table charge_points drop column time_zone_set');
  }
}
