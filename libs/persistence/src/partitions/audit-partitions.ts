import type { QueryRunner } from 'typeorm';
import { AUDIT_ENTRIES } from '../audit/audit-personal';
import { createIndexOnline, dropIndexOnline } from '../migrations/online';
import { PartitionedTable } from './partitioned-table';

/** The function takes rows of the new table; rows of a partition are rows of its table. */
const HASH = `create function audit_hash(previous bytea, entry audit_log) returns bytea language sql stable
    set search_path = pg_catalog, public as $$
    select sha256(previous || convert_to(jsonb_build_array(entry.chain, entry.seq, entry.id,
      extract(epoch from entry.at), entry.account_id, entry.user_id, entry.request_id, entry.action, entry.subject,
      entry.subject_id, entry.before, entry.after)::text, 'UTF8')) $$`;

/**
 * The audit log by five million entries. None is ever dropped by the service. That a chain has each number once is kept by the lock
 * of its head, under which the trigger counts, and shown by the proof; the unique index covers one partition.
 */
export class AuditPartitions1700000000820 extends PartitionedTable {
  readonly table = 'audit_log';
  readonly step = 5_000_000;

  protected override async prepare(runner: QueryRunner): Promise<void> {
    const columns = 'on audit_log (chain, seq, id)';
    await createIndexOnline(runner, 'audit_log_chain_seq', columns, 'unique index');
    await dropIndexOnline(runner, 'audit_log_chain_key');
  }

  protected override locking(): readonly string[] {
    // The lock takes a right that the owner has taken from itself.
    return [
      'grant update on public.audit_log to current_user',
      'lock table public.audit_entries in access exclusive mode',
    ];
  }

  protected override completing(): readonly string[] {
    return [
      'revoke update on partitions.audit_log_0 from current_user',
      'drop function audit_hash(bytea, partitions.audit_log_0)',
      HASH,
      'drop trigger audit_log_chained on partitions.audit_log_0',
      `create trigger audit_log_append_only before update or delete or truncate on public.audit_log
         for each statement execute function audit_log_is_append_only()`,
      'create trigger audit_log_chained before insert on public.audit_log for each row execute function audit_log_chain()',
      'revoke update, delete, truncate on public.audit_log from public, current_user',
      AUDIT_ENTRIES.replace('create view', 'create or replace view'),
    ];
  }

  override down(): Promise<void> {
    return Promise.reject(
      new Error('The audit log is not copied back into one table: its entries are never written again.'),
    );
  }
}
