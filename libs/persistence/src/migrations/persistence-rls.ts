import type { QueryRunner } from 'typeorm';
import { type RlsRule, RlsTables } from '../rls/rls-tables';

/** Where the names of migrations that ran are kept. */
export const migrationsTable = 'migrations';

/** Row-level security of this library's tables; and the audit log is not even its owner's to change. */
export class PersistenceRls1700000000100 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = {
    // A caller's entry is of the caller's account.
    audit_log: { column: 'account_id' },
    outbox: { callers: 'append' },
    inbox: { callers: 'none' },
    // A row is named by a digest of the client's key, and its answer is sealed with that key.
    idempotency_keys: { callers: 'any' },
    [migrationsTable]: { callers: 'none' },
  };

  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    await runner.query('revoke update, delete, truncate on audit_log from public, current_user');
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('grant update, delete, truncate on audit_log to current_user');
    await super.down(runner);
  }
}
