import { createIndexOnline } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const LIVE = 'where deleted_at is null';
const INDEXES = {
  charge_points_by_title: `on charge_points (account_id, lower(title), id) ${LIVE}`,
  charge_points_by_identifier: `on charge_points (account_id, lower(identifier), id) ${LIVE}`,
} as const;

/** Orders of a list of power centers beside the newest first, made while the service is at work. */
export class SortedLists1796078000000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES)) await createIndexOnline(runner, name, definition);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index ${Object.keys(INDEXES).join(', ')}`);
  }
}
