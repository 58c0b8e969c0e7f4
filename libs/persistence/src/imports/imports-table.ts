import type { QueryRunner } from 'typeorm';
import { type Owned, RlsTables } from '../rls/rls-tables';

const UP = [
  `create table imports (
    id text not null constraint imports_pkey primary key,
    kind text not null,
    account_id integer not null,
    identity jsonb not null,
    dry_run boolean not null,
    object text not null,
    size integer not null,
    digest text not null,
    status text not null default 'waiting'
      check (status in ('waiting', 'running', 'finished', 'failed', 'cancelled')),
    handed_over boolean not null default false,
    run text,
    bytes integer not null default 0,
    rows integer not null default 0,
    created integer not null default 0,
    unchanged integer not null default 0,
    failed integer not null default 0,
    unknown_columns text[] not null default '{}',
    reason text,
    created_at timestamptz not null default now(),
    heard_at timestamptz not null default now(),
    ended_at timestamptz
  )`,
  // One a kind and account is with the workers at any time.
  `create unique index imports_current on imports (account_id, kind)
    where handed_over and status in ('waiting', 'running')`,
  `create index imports_unfinished on imports (heard_at) where status in ('waiting', 'running')`,
  `create index imports_latest on imports (account_id, kind, created_at)`,
  `create index imports_oldest on imports (created_at)`,
  `create table import_errors (
    import_id text not null constraint import_errors_import references imports on delete cascade,
    line integer not null,
    errors json not null,
    constraint import_errors_pkey primary key (import_id, line)
  )`,
  // What was imported, by the name that its row has; what a dry run would have written goes with its import.
  `create table imported_rows (
    account_id integer not null,
    kind text not null,
    dry_run text not null default '',
    row_key text not null,
    digest text not null,
    made integer,
    constraint imported_rows_pkey primary key (account_id, kind, dry_run, row_key)
  )`,
  `create index imported_rows_dry on imported_rows (dry_run) where dry_run <> ''`,
  `create index imported_rows_made on imported_rows (kind, made) where made is not null`,
];

/** The tables of `ImportsModule`; goes into the migrations of every service that imports. */
export class ImportsTables1796000000000 extends RlsTables {
  readonly tables: Readonly<Record<string, Owned>> = {
    imports: { column: 'account_id' },
    import_errors: { through: 'imports', by: 'import_id' },
    imported_rows: { column: 'account_id' },
  };

  override async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    await super.up(runner);
  }

  override async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table imported_rows, import_errors, imports');
  }
}
