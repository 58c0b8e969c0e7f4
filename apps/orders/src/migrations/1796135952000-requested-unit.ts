import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the requested quantity counts; null is the unit that the power center sells. */
export class RequestedUnit1796135952000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sessions add column requested_unit text');
    await runner.query('alter table orders add column requested_unit text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table orders drop column requested_unit');
    await runner.query('alter table sessions drop column requested_unit');
  }
}
