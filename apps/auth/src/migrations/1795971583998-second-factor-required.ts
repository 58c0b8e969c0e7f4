import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Owners may require a second factor of the members of their account. */
export class SecondFactorRequired1795971583998 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts add second_factor_required boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts drop second_factor_required');
  }
}
