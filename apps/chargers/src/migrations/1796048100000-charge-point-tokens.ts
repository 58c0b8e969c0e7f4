import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Power centers by token: an identity is not that of another account's power center. */
export class ChargePointTokens1796048100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index charge_points_token on charge_points (token) where removed_at is null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index charge_points_token');
  }
}
