import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  `create table export_requests (
    id text not null constraint export_requests_pkey primary key,
    kind text not null,
    account_id integer not null,
    requested_by integer[] not null,
    format text not null,
    language text not null,
    currency text not null,
    time_zone text not null,
    estimate integer not null,
    status text not null default 'waiting'
      check (status in ('waiting', 'running', 'finished', 'failed', 'cancelled')),
    handed_over boolean not null default false,
    run text,
    rows integer not null default 0,
    object text,
    size bigint,
    digest text,
    reason text,
    created_at timestamptz not null default now(),
    heard_at timestamptz not null default now(),
    ended_at timestamptz,
    expires_at timestamptz not null default now() + interval '24 hours'
  )`,
  // One a kind and owner is with the workers at any time.
  `create unique index export_requests_current on export_requests (account_id, kind)
    where handed_over and status in ('waiting', 'running')`,
  `create index export_requests_unfinished on export_requests (heard_at) where status in ('waiting', 'running')`,
  `create index export_requests_latest on export_requests (account_id, kind, created_at)`,
  `create index export_requests_oldest on export_requests (created_at)`,
];

/** The table of `ExportsModule`; goes into the migrations of every service whose rows can be exported. */
export class ExportsTable1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table export_requests');
  }
}
