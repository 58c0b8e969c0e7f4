import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the stream stored parked events, so that their order is known when they are tried again. */
export class ParkedStoredAt1700000000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table parked_events add column stored_at bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table parked_events drop column stored_at');
  }
}
