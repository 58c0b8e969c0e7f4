import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Until when a try counts as under way; null: there is none.
  'alter table webhook_deliveries add column sending_until timestamptz',
  // Waits for its turn: as many as may be are under way to the endpoint.
  'alter table webhook_deliveries add column held boolean not null default false',
  'create index webhook_deliveries_sending on webhook_deliveries (webhook_id) where sending_until is not null',
  'create index webhook_deliveries_held on webhook_deliveries (webhook_id, id) where held',
];

/** An endpoint is sent a few events at once: a slow one keeps nobody else waiting. */
export class Turns1763900300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhook_deliveries drop column sending_until, drop column held');
  }
}
