import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the stream stored the start and the end that count, in microseconds since 1970: the first that was received does. */
export class StoredAt1796040600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sessions add column start_stored_at bigint, add column end_stored_at bigint');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sessions drop column start_stored_at, drop column end_stored_at');
  }
}
