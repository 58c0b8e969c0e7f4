import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When the stream stored parked events, so that their order is known when they are tried again. Databases that were made for
 * some commits have the column by the same migration under another name.
 */
export class ParkedStoredAt1700000000700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table parked_events add column if not exists stored_at bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table parked_events drop column stored_at');
  }
}
