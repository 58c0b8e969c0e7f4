import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ids of events, for databases that ran `stored-at` when it had the times alone. */
export class EventIds1796066400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table sessions add column if not exists start_event_id text, add column if not exists end_event_id text',
    );
  }

  async down(): Promise<void> {
    // The columns are those of stored-at.
  }
}
