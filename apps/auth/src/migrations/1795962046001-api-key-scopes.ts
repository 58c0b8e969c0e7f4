import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys may end by themselves, and may be for less than all that their creator may do. */
export class ApiKeyScopes1795962046001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table api_keys add scope text[], add expires_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table api_keys drop scope, drop expires_at');
  }
}
