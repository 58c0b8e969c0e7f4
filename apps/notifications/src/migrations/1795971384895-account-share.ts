import { createIndexOnline } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

// Null: not known, or told to the owners after its removal. Locked with its account.
const MAKER = `alter table webhooks add column if not exists created_by integer,
  add column if not exists locked boolean not null default false`;
// The tries under way of an account are counted when one begins.
const SENDING = 'on webhook_deliveries (account_id) where sending_until is not null';

/** A share of the tries for each account, and what becomes of webhooks when their maker or their account goes. */
export class AccountShare1795971384895 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MAKER);
    await createIndexOnline(runner, 'webhook_deliveries_sending_of', SENDING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index webhook_deliveries_sending_of');
    await runner.query('alter table webhooks drop column created_by, drop column locked');
  }
}
