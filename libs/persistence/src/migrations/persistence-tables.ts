import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  // Part of every search; trusted, so that the database's owner may create it.
  `create extension if not exists pg_trgm`,

  `create table idempotency_keys (
    id bytea primary key,
    body_mac bytea not null,
    answer bytea not null,
    created_at timestamptz not null default now()
  )`,
  `create index idempotency_keys_created_at on idempotency_keys (created_at)`,

  `create table outbox (
    id bigint generated always as identity primary key,
    kind text not null check (kind in ('fact', 'job')),
    name text not null,
    aggregate text not null,
    key text not null,
    payload json not null,
    options jsonb,
    secret boolean not null,
    occurred_at timestamptz not null default clock_timestamp(),
    attempts smallint not null default 0,
    retry_at timestamptz,
    failed_because text,
    dead_at timestamptz,
    sent_at timestamptz
  )`,
  `create index outbox_pending on outbox (kind, id) where sent_at is null and dead_at is null`,
  `create index outbox_held on outbox (kind, aggregate)
    where sent_at is null and dead_at is null and retry_at is not null`,
  `create index outbox_dead on outbox (id) where dead_at is not null`,
  `create index outbox_sent_at on outbox (sent_at) where sent_at is not null`,

  `create table inbox (
    consumer text not null,
    event_id text not null,
    handled_at timestamptz not null default now(),
    primary key (consumer, event_id)
  )`,
  `create index inbox_handled_at on inbox (handled_at)`,

  `create table audit_log (
    id bigint generated always as identity primary key,
    at timestamptz not null default clock_timestamp(),
    account_id int,
    user_id int,
    request_id text not null,
    action text not null,
    subject text not null,
    subject_id text not null,
    before jsonb,
    after jsonb
  )`,
  `create index audit_log_subject on audit_log (subject, subject_id, id)`,
  `create index audit_log_account on audit_log (account_id, id)`,
  `create function audit_log_is_append_only() returns trigger language plpgsql as $$
  begin
    raise exception 'audit_log takes new rows only' using errcode = 'restrict_violation';
  end $$`,
  `create trigger audit_log_append_only before update or delete or truncate on audit_log
    for each statement execute function audit_log_is_append_only()`,
];

const DOWN = [`drop table audit_log, inbox, outbox, idempotency_keys`, `drop function audit_log_is_append_only`];

/** The tables of this library; runs before a service's own migrations. */
export class PersistenceTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
