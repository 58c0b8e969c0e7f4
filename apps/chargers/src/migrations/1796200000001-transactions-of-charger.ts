import { createIndexOnline } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const INDEXES = {
  transactions_stop_key: 'on transactions (charger_id, stop_key) where stop_key is not null',
  transactions_begun: 'on transactions (charger_id, started_at)',
  transactions_overtaken: "on transactions (charger_id, started_at) where reason = 'Overtaken'",
};

/** The transactions of a charger by their ends and by their begins. */
export class TransactionsOfCharger1796200000001 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, definition] of Object.entries(INDEXES)) await createIndexOnline(runner, name, definition);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(INDEXES)) await runner.query(`drop index ${name}`);
  }
}
