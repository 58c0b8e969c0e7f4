import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The events whose start and end count, and when the stream stored them, in microseconds since 1970: the first ones do. */
export class StoredAt1796040600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table sessions
      add column start_event_id text, add column start_stored_at bigint,
      add column end_event_id text, add column end_stored_at bigint`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table sessions drop column start_event_id, drop column start_stored_at,
      drop column end_event_id, drop column end_stored_at`);
  }
}
