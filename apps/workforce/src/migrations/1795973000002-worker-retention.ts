import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the personal data of a worker who is gone was erased. */
export class WorkerRetention1795973000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table workers add column erased_at timestamptz');
    await runner.query(
      'create index workers_deleted_at on workers (deleted_at) where deleted_at is not null and erased_at is null',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index workers_deleted_at');
    await runner.query('alter table workers drop column erased_at');
  }
}
