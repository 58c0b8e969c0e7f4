import { createIndexOnline, dropIndexOnline } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a charger was last seen is written each minute: without an index on it, and with room in its page, that touches no index. */
export class ChargersAway1796146000000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table chargers set (fillfactor = 70)');
    const away = 'on chargers (disconnected_at) where published_connected and disconnected_at is not null';
    await createIndexOnline(runner, 'chargers_away', away);
    await dropIndexOnline(runner, 'chargers_published_connected');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create index chargers_published_connected on chargers (last_seen_at) where published_connected',
    );
    await runner.query('drop index chargers_away');
    await runner.query('alter table chargers reset (fillfactor)');
  }
}
