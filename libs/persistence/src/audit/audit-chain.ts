import type { QueryRunner } from 'typeorm';
import { type RlsRule, RlsTables } from '../rls/rls-tables';

/** Where the last entry of each chain is kept. */
export const headsTable = 'audit_heads';

/** More than there are transactions at once, so that none waits for another's chain. */
const CHAINS = 64;

const UP = [
  'alter table audit_log add column chain smallint, add column seq bigint, add column hash bytea',
  `create table ${headsTable} (
    chain smallint primary key,
    seq bigint not null,
    hash bytea not null
  ) with (fillfactor = 10)`,
  `insert into ${headsTable} select n, 0, '' from generate_series(1, ${CHAINS}) n`,
  // What an entry says, in one text that is the same whatever the settings of a connection are.
  `create function audit_hash(previous bytea, entry audit_log) returns bytea language sql stable
    set search_path = pg_catalog, public as $$
    select sha256(previous || convert_to(jsonb_build_array(entry.chain, entry.seq, entry.id,
      extract(epoch from entry.at), entry.account_id, entry.user_id, entry.request_id, entry.action, entry.subject,
      entry.subject_id, entry.before, entry.after)::text, 'UTF8')) $$`,
  // The owner's rights: the service cannot write the heads. A chain that another transaction holds is passed over.
  `create function audit_log_chain() returns trigger language plpgsql security definer
    set search_path = pg_catalog, public as $$
  declare
    head ${headsTable};
  begin
    select * into head from ${headsTable} order by chain limit 1 for update skip locked;
    if not found then
      select * into head from ${headsTable} where chain = 1 + pg_backend_pid() % ${CHAINS} for update;
    end if;
    new.chain := head.chain;
    new.seq := head.seq + 1;
    new.hash := audit_hash(head.hash, new);
    update ${headsTable} set seq = new.seq, hash = new.hash where chain = head.chain;
    return new;
  end $$`,
  // Entries of versions before this one: they become the beginning of the first chain.
  'grant update on audit_log to current_user',
  'alter table audit_log disable trigger audit_log_append_only',
  `do $$
  declare
    entry audit_log;
    last bytea := '';
    n bigint := 0;
  begin
    for entry in select * from audit_log order by id loop
      n := n + 1;
      entry.chain := 1;
      entry.seq := n;
      last := audit_hash(last, entry);
      update audit_log set chain = 1, seq = n, hash = last where id = entry.id;
    end loop;
    update ${headsTable} set seq = n, hash = last where chain = 1;
  end $$`,
  'alter table audit_log enable trigger audit_log_append_only',
  'revoke update on audit_log from current_user',
  'alter table audit_log alter chain set not null, alter seq set not null, alter hash set not null',
  'create unique index audit_log_chain_key on audit_log (chain, seq)',
  `create trigger audit_log_chained before insert on audit_log for each row execute function audit_log_chain()`,
];

const DOWN = [
  'drop trigger audit_log_chained on audit_log',
  'drop function audit_log_chain()',
  'drop function audit_hash(bytea, audit_log)',
  'alter table audit_log drop column chain, drop column seq, drop column hash',
];

/**
 * Chains the audit log: an entry holds a hash over what it says and over the hash before it. The heads say where each
 * chain ends, so that an entry that is taken from the end is missed as well.
 */
export class AuditChain1700000000200 extends RlsTables {
  readonly tables: Readonly<Record<string, RlsRule>> = { [headsTable]: { callers: 'none' } };

  override async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await super.down(runner);
    for (const statement of [...DOWN, `drop table ${headsTable}`]) await runner.query(statement);
  }
}
