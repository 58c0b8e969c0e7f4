import type { MigrationInterface, QueryRunner } from 'typeorm';

const UP = [
  'alter table users add column credential_version integer not null default 0',
  `create table login_sessions (
    id serial constraint login_sessions_pkey primary key,
    user_id integer not null constraint login_sessions_user_id_fkey references users (id) on delete cascade,
    method text not null constraint login_sessions_method_check
      check (method in ('password', 'reset-code', 'registration', 'second-factor', 'passkey')),
    device text not null,
    address text,
    credential_version integer not null,
    started_at timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    ends_at timestamptz not null,
    ended_at timestamptz
  )`,
  'create index login_sessions_user_id_idx on login_sessions (user_id) where ended_at is null',
  'create index login_sessions_last_used_at_idx on login_sessions (last_used_at) where ended_at is null',
  'create index login_sessions_ends_at_idx on login_sessions (ends_at)',
  `alter table sessions add column login_session_id integer
    constraint sessions_login_session_id_fkey references login_sessions (id) on delete cascade`,
  'alter table sessions add column replaced_at timestamptz',
  'create index sessions_login_session_id_idx on sessions (login_session_id)',
  // Tokens that are in use become sessions of their own.
  `with live as (
      select id, user_id, issued_at, expires_at, nextval('login_sessions_id_seq')::integer as login
      from sessions where ended_at is null and expires_at > now()),
    made as (
      insert into login_sessions (id, user_id, method, device, credential_version, started_at, last_used_at, ends_at)
      select login, user_id, 'password', 'Unknown device', 0, issued_at, greatest(issued_at, now()),
        greatest(expires_at, now() + interval '90 days')
      from live)
    update sessions set login_session_id = live.login from live where sessions.id = live.id`,
];

const DOWN = [
  'drop index sessions_login_session_id_idx',
  'alter table sessions drop column replaced_at, drop column login_session_id',
  'drop table login_sessions',
  'alter table users drop column credential_version',
];

/** A login and the tokens that follow from it, and the counter that every change of credentials raises. */
export class LoginSessions1795955330564 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}
