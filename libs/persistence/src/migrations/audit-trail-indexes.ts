import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createIndexOnline, dropIndexOnline } from './online';

/** An account's entries by time, as `GET /api/audit` pages through them; one index for each of its filters. */
const INDEXES = {
  audit_log_account_at: 'account_id, at, id',
  audit_log_account_user: 'account_id, user_id, at, id',
  audit_log_account_action: 'account_id, action, at, id',
  audit_log_account_subject: 'account_id, subject, subject_id, at, id',
} as const;

export class AuditTrailIndexes1700000000400 implements MigrationInterface {
  // The table is among the largest, and every write adds to it.
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, columns] of Object.entries(INDEXES)) {
      await createIndexOnline(runner, name, `on audit_log (${columns}) where account_id is not null`);
    }
    for (const name of ['audit_log_subject', 'audit_log_account']) await dropIndexOnline(runner, name);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('create index audit_log_subject on audit_log (subject, subject_id, id)');
    await runner.query('create index audit_log_account on audit_log (account_id, id)');
    await runner.query(`drop index ${Object.keys(INDEXES).join(', ')}`);
  }
}
