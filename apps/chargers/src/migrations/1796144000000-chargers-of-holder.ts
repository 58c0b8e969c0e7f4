import { createIndexOnline } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A replica looks every few seconds whether anything about its chargers has changed. */
export class ChargersOfHolder1796144000000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await createIndexOnline(runner, 'chargers_holder', 'on chargers (holder) where disconnected_at is null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index chargers_holder');
  }
}
