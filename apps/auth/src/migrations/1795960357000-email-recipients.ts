import { createIndexOnline } from '@open-cpo/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Per-recipient limits count what was sent to an address lately. */
export class EmailRecipients1795960357000 implements MigrationInterface {
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await createIndexOnline(runner, 'emails_recipient_idx', 'on emails (recipient, created_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index emails_recipient_idx');
  }
}
