import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a charger proves who it is by a client certificate (security profile 3). */
export class ClientCertificates1796094000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table chargers add column certificate boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table chargers drop column certificate');
  }
}
